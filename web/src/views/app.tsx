/** The frame around all views: who is asked to sign in, and which view an address means. */

import { useEffect, useState } from "preact/hooks";
import { connect, connection, disconnect } from "../state/connection";
import { dismiss, notices, trying } from "../state/notices";
import { loadProjects, projects } from "../state/projects";
import * as room from "../state/room";
import { type Place, go, place } from "../state/router";
import { begin, session } from "../state/session";
import { words } from "../state/settings";
import { Account } from "./account";
import { Chat, NewChat } from "./chat";
import { DocumentPage } from "./document";
import { Documents } from "./documents";
import { PassageMap } from "./map";
import { Operators } from "./operators";
import { Button, Empty, IconButton, Link, Spinner } from "./parts";
import { Shortcuts } from "./palette";
import { Projects } from "./projects";
import { Search } from "./search";
import { Settings } from "./settings";
import { Sidebar } from "./sidebar";
import { Setup, SignIn } from "./sign-in";

export function App() {
  const is = session.value;
  const at = place.value;
  useEffect(() => {
    if (is.is === "in") {
      connect();
      void trying(loadProjects());
      return;
    }
    if (is.is === "out") disconnect();
    projects.value = null;
  }, [is.is]);
  useEffect(() => {
    if (is.is === "in" && (at.view === "sign-in" || at.view === "setup")) go({ view: "projects" }, "replace");
  }, [is.is, at.view]);
  return (
    <>
      {is.is === "loading" && <Spinner />}
      {is.is === "away" && <Away />}
      {is.is === "out" && (at.view === "setup" ? <Setup /> : <SignIn />)}
      {is.is === "in" && <Frame at={at} />}
      <Notices />
    </>
  );
}

/** The server did not answer the first question; asked again by itself. */
function Away() {
  useEffect(() => {
    const soon = setInterval(() => void begin(), 3000);
    return () => clearInterval(soon);
  }, []);
  return (
    <main class="entrance">
      <Empty icon="warning" title={words.value.connection.lost}>
        <p>{words.value.errors.offline}</p>
        <Button onClick={() => void begin()}>{words.value.retry}</Button>
      </Empty>
    </main>
  );
}

function Frame({ at }: { at: Place }) {
  const w = words.value;
  const [open, setOpen] = useState(false);
  const project = "project" in at ? at.project : null;
  useEffect(() => {
    if (project !== null) room.enter(project);
  }, [project]);
  const name = projects.value?.find((one) => one.id === project)?.name;
  useEffect(() => {
    document.title = name ? `${name} – ${w.name}` : w.name;
  }, [name]);
  return (
    <div class={open ? "frame menu-open" : "frame"}>
      <a class="skip" href="#main">
        {w.skip}
      </a>
      <div class="topbar">
        <IconButton icon="menu" label={w.menu} aria-expanded={open} onClick={() => setOpen(true)} />
        <span class="cut">{name ?? w.name}</span>
      </div>
      <Shortcuts />
      <Sidebar onLeave={() => setOpen(false)} />
      <button type="button" class="veil" aria-label={w.close} tabIndex={-1} onClick={() => setOpen(false)} />
      <main id="main" tabIndex={-1}>
        {connection.value === "lost" && (
          <p class="banner" role="alert">
            {w.connection.lost}
          </p>
        )}
        <View at={at} />
      </main>
    </div>
  );
}

function View({ at }: { at: Place }) {
  const known = projects.value;
  const role = "project" in at ? known?.find((one) => one.id === at.project) : undefined;
  if ("project" in at && !known) return <Spinner />;
  if ("project" in at && !role) return <Lost />;
  switch (at.view) {
    case "projects":
      return <Projects />;
    case "account":
      return <Account />;
    case "operators":
      return <Operators />;
    case "chats":
      return <NewChat key={at.project} project={at.project} />;
    case "chat":
      return <Chat project={at.project} chat={at.chat} />;
    case "documents":
      return <Documents project={at.project} />;
    case "document":
      return <DocumentPage project={at.project} document={at.document} />;
    case "search":
      return <Search project={at.project} />;
    case "map":
      return <PassageMap project={at.project} />;
    case "settings":
      return <Settings key={at.project} project={at.project} />;
    default:
      return <Lost />;
  }
}

function Lost() {
  return (
    <section class="view">
      <Empty icon="warning" title={words.value.errors.lost}>
        <Link class="button" to={{ view: "projects" }}>
          {words.value.errors.home}
        </Link>
      </Empty>
    </section>
  );
}

function Notices() {
  return (
    <div class="notices" role="log" aria-live="polite">
      {notices.value.map((one) => (
        <p key={one.id} class={`notice ${one.kind}`}>
          {one.text}
          <IconButton icon="close" size={14} label={words.value.close} onClick={() => dismiss(one.id)} />
        </p>
      ))}
    </div>
  );
}
