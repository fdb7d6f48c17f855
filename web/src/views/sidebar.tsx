/** The way around: project, its views and chats, and what belongs to the person. */

import { useEffect, useState } from "preact/hooks";
import { useStable } from "../lib/hooks";
import * as chats from "../state/chats";
import { connection } from "../state/connection";
import { projects } from "../state/projects";
import { current, present } from "../state/room";
import { type Place, go, place } from "../state/router";
import { session, signOut, user } from "../state/session";
import { type Language, type Theme, language, theme, words } from "../state/settings";
import { hue } from "../lib/format";
import { Icon, type IconName } from "./icons";
import { openPalette } from "./palette";
import { Button, IconButton, Link } from "./parts";

export function Sidebar({ onLeave }: { onLeave: () => void }) {
  const w = words.value.nav;
  const at = place.value;
  // Whoever looks at the operations comes back to where they were.
  const project = "project" in at ? at.project : at.view === "operators" || at.view === "account" ? current.value : null;
  // On a phone it covers the page, and choosing something is leaving it.
  const leave = useStable(onLeave);
  useEffect(() => leave(), [at]);
  return (
    <nav class="sidebar" aria-label={w.main}>
      <p class="brand">
        <img src="/favicon.svg" alt="" width="22" height="22" />
        {words.value.name}
        <span class="grow" />
        <IconButton icon="search" size={16} label={words.value.palette.button} aria-keyshortcuts="Control+K" onClick={openPalette} />
        <IconButton class="only-narrow" icon="close" label={words.value.close} onClick={onLeave} />
      </p>
      {projects.value && <ProjectChoice project={project} />}
      {project !== null && (
        <>
          <ul class="nav-list">
            <NavItem icon="plus" label={w.newChat} to={{ view: "chats", project }} is={at.view === "chats"} />
            <NavItem icon="document" label={w.documents} to={{ view: "documents", project }} is={at.view === "documents" || at.view === "document"} />
            <NavItem icon="search" label={w.search} to={{ view: "search", project }} is={at.view === "search"} />
            <NavItem icon="map" label={w.map} to={{ view: "map", project }} is={at.view === "map"} />
            <NavItem icon="gear" label={w.settings} to={{ view: "settings", project }} is={at.view === "settings"} />
          </ul>
          <ChatList project={project} />
        </>
      )}
      <span class="grow" />
      <Foot />
    </nav>
  );
}

function NavItem({ icon, label, to, is }: { icon: IconName; label: string; to: Place; is: boolean }) {
  return (
    <li>
      <Link class="nav-item" to={to} aria-current={is ? "page" : undefined}>
        <Icon name={icon} size={17} />
        {label}
      </Link>
    </li>
  );
}

function ProjectChoice({ project }: { project: number | null }) {
  const w = words.value.nav;
  return (
    <div class="project-choice">
      <select
        aria-label={w.switchProject}
        value={project ?? ""}
        onChange={(event) => {
          const id = Number(event.currentTarget.value);
          go(id ? { view: "chats", project: id } : { view: "projects" });
        }}
      >
        <option value="">{w.allProjects}</option>
        {projects.value?.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
    </div>
  );
}

function ChatList({ project }: { project: number }) {
  const w = words.value;
  const at = place.value;
  const list = chats.chats.value;
  const [text, setText] = useState("");
  useEffect(() => setText(""), [project]);
  useEffect(() => {
    if (text === chats.query.value) return;
    const soon = setTimeout(() => chats.find(text), 200);
    return () => clearTimeout(soon);
  }, [text]);
  return (
    <div class="chat-list">
      <h2 id="chats-title">{w.nav.chats}</h2>
      {(chats.total.value > 5 || text !== "") && (
        <input
          type="search"
          aria-label={w.chat.search}
          placeholder={w.chat.search}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
      {list.length === 0 && <p class="hint">{text ? w.chat.none : w.chat.empty}</p>}
      <ul aria-labelledby="chats-title">
        {list.map((chat) => (
          <li key={chat.id}>
            <Link
              class="nav-item"
              to={{ view: "chat", project, chat: chat.id }}
              aria-current={at.view === "chat" && at.chat === chat.id ? "page" : undefined}
            >
              {chat.visibility === "private" && <Icon name="lock" size={13} />}
              <span class="cut">{chat.title || w.chat.untitled}</span>
            </Link>
          </li>
        ))}
      </ul>
      {list.length < chats.total.value && (
        <Button look="quiet" onClick={chats.more}>
          {w.more}
        </Button>
      )}
    </div>
  );
}

function Foot() {
  const w = words.value;
  const me = user.value;
  const accounts = session.value.is === "in" && session.value.accounts;
  return (
    <div class="sidebar-foot">
      <People />
      <ConnectionState />
      {me?.role === "admin" && (
        <Link class="nav-item" to={{ view: "operators" }} aria-current={place.value.view === "operators" ? "page" : undefined}>
          <Icon name="pulse" size={17} />
          {w.nav.operators}
        </Link>
      )}
      <div class="preferences">
        <select aria-label={w.preferences.language} value={language.value} onChange={(event) => (language.value = event.currentTarget.value as Language)}>
          <option value="en" lang="en">
            English
          </option>
          <option value="de" lang="de">
            Deutsch
          </option>
        </select>
        <select aria-label={w.preferences.theme} value={theme.value} onChange={(event) => (theme.value = event.currentTarget.value as Theme)}>
          {(["system", "light", "dark"] as const).map((one) => (
            <option key={one} value={one}>
              {w.preferences[one]}
            </option>
          ))}
        </select>
      </div>
      <p class="me">
        {accounts ? (
          <Link class="cut" to={{ view: "account" }} title={w.account.title} aria-current={place.value.view === "account" ? "page" : undefined}>
            {me?.username}
          </Link>
        ) : (
          <span class="cut">{me?.username}</span>
        )}
        {accounts && <IconButton icon="signOut" size={16} label={w.nav.signOut} onClick={() => void signOut()} />}
      </p>
    </div>
  );
}

/** Who else is in the project at this moment. */
function People() {
  const others = present.value.filter((one) => one.id !== user.value?.id);
  if (others.length === 0 || !("project" in place.value)) return null;
  return (
    <ul class="people">
      {others.slice(0, 8).map((one) => (
        <li key={one.id} title={one.username}>
          <svg width="26" height="26" viewBox="0 0 26 26" role="img" aria-label={one.username}>
            <circle cx="13" cy="13" r="13" fill={`hsl(${hue(one.id)} 45% 36%)`} />
            <text x="13" y="17.500" text-anchor="middle" font-size="12" fill="#fff">
              {one.username.slice(0, 2).toUpperCase()}
            </text>
          </svg>
        </li>
      ))}
    </ul>
  );
}

function ConnectionState() {
  const state = connection.value;
  return (
    <p class={`connection ${state}`} role="status">
      <span class="connection-dot" />
      {words.value.connection[state]}
    </p>
  );
}
