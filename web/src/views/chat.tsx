/** A chat: what was said, the sources beside it, and the next question. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useStable } from "../lib/hooks";
import type { Entry } from "../lib/turns";
import { handOn } from "../state/asking";
import * as chats from "../state/chats";
import { trying } from "../state/notices";
import { projects } from "../state/projects";
import { go } from "../state/router";
import { user } from "../state/session";
import { words } from "../state/settings";
import { type Talk, close, open, send, stop, typing } from "../state/talk";
import { Answer, Question, type Shown } from "./answer";
import { Composer } from "./composer";
import { Examples } from "./examples";
import { Icon } from "./icons";
import { Button, Confirm, Dialog, Empty, Heading, IconButton, Link, Menu, Spinner } from "./parts";
import { SourcePanel } from "./source-panel";

/** The start of a new chat: it exists once its first question is sent. */
export function NewChat({ project }: { project: number }) {
  const w = words.value.chat;
  const [isPrivate, setPrivate] = useState(false);
  const [suggested, setSuggested] = useState("");
  const about = projects.value?.find((one) => one.id === project);
  const begin = async (text: string) => {
    const chat = await trying(chats.create(isPrivate ? "private" : "project"));
    if (!chat) return false;
    handOn(0, chat.id);
    send(open(chat.id), text);
    go({ view: "chat", project, chat: chat.id });
    return true;
  };
  return (
    <section class="view chat-view">
      <Heading>{words.value.nav.newChat}</Heading>
      <div class="talk">
        {about?.document_count === 0 ? (
          <Empty icon="document" title={w.startTitle}>
            <p>{w.noDocuments}</p>
            <Link class="button main" to={{ view: "documents", project }}>
              <Icon name="upload" size={16} />
              {w.upload}
            </Link>
          </Empty>
        ) : (
          <Empty icon="chat" title={w.startTitle}>
            <p>{w.startText}</p>
            <Examples project={project} onChoose={setSuggested} />
          </Empty>
        )}
      </div>
      <Composer project={project} chat={0} onSend={begin} suggested={suggested}>
        <label class="check">
          <input type="checkbox" checked={isPrivate} onChange={(event) => setPrivate(event.currentTarget.checked)} />
          {w.makePrivate}
        </label>
      </Composer>
    </section>
  );
}

export function Chat({ project, chat }: { project: number; chat: number }) {
  const talk = open(chat);
  const w = words.value.chat;
  const entries = talk.entries.value;
  const [shown, setShown] = useState<Shown | null>(null);
  useEffect(() => () => close(chat), [chat]);
  useEffect(() => setShown(null), [chat]);
  if (talk.state.value === "gone") {
    return (
      <section class="view">
        <Empty icon="chat" title={w.gone}>
          <Link class="button" to={{ view: "chats", project }}>
            {words.value.nav.newChat}
          </Link>
        </Empty>
      </section>
    );
  }
  const running = entries.find((one) => one.role === "assistant" && one.status === "streaming" && one.id > 0);
  const focus = entries.find((one) => one.role === "assistant" && one.id === shown?.message);
  return (
    <section class={focus ? "view chat-view with-panel" : "view chat-view"}>
      <ChatHead talk={talk} />
      <Transcript talk={talk} entries={entries} shown={shown} onShow={setShown} />
      <Typing talk={talk} />
      <Composer
        key={chat}
        project={project}
        chat={chat}
        onTyping={(is) => typing(talk, is)}
        onSend={(text) => {
          send(talk, text);
          return Promise.resolve(true);
        }}
        running={running && (() => stop(talk, running.id))}
      />
      {focus && shown && <SourcePanel sources={focus.sources} cited={focus.cited} shown={shown.source} onShow={(source) => setShown({ ...shown, source })} onClose={() => setShown(null)} />}
    </section>
  );
}

function Transcript({ talk, entries, shown, onShow }: { talk: Talk; entries: Entry[]; shown: Shown | null; onShow: (shown: Shown) => void }) {
  const w = words.value.chat;
  const box = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const last = entries.at(-1);
  const toEnd = useStable(() => box.current?.scrollTo({ top: box.current.scrollHeight }));
  const follow = useStable(() => atEnd && toEnd());
  useLayoutEffect(() => void follow(), [entries]);
  // A new question of one's own is looked at, wherever one was reading.
  useLayoutEffect(() => void toEnd(), [talk.id, last?.role === "user" ? last.clientId : null, talk.state.value]);
  const scrolled = () => {
    const { scrollTop, scrollHeight, clientHeight } = box.current!;
    setAtEnd(scrollHeight - scrollTop - clientHeight < 60);
  };
  const lastAnswer = entries.findLast((one) => one.role === "assistant" && !one.summary);
  const quiet = last?.role === "assistant" && last.status === "completed";
  return (
    <div class="talk-frame">
      <div class="talk" ref={box} onScroll={scrolled} tabIndex={0} role="region" aria-label={w.transcript}>
        {talk.state.value === "loading" && entries.length === 0 && <Spinner />}
        <div class="talk-inside">
          {entries.map((entry) =>
            entry.role === "user" ? (
              <Question key={`q${entry.id || entry.clientId}`} talk={talk} entry={entry} mine={w.you} />
            ) : (
              <Answer key={`a${entry.id}`} talk={talk} entry={entry} isLast={entry === lastAnswer} shown={shown} onShow={onShow} />
            ),
          )}
        </div>
      </div>
      {!atEnd && <IconButton class="to-end" icon="arrowDown" label={w.follow} onClick={toEnd} />}
      {/* Screen readers hear of the end, not of each word. */}
      <p class="unseen" role="status">
        {last?.role === "assistant" && last.status === "streaming" ? w.writing : quiet ? w.done : ""}
      </p>
    </div>
  );
}

function Typing({ talk }: { talk: Talk }) {
  const names = talk.typing.value.map((one) => one.username);
  return (
    <p class="typing" aria-live="polite">
      {names.length > 0 && words.value.chat.typing(names)}
    </p>
  );
}

function ChatHead({ talk }: { talk: Talk }) {
  const w = words.value.chat;
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const chat = talk.chat.value;
  const title = chats.chats.value.find((one) => one.id === talk.id)?.title ?? chat?.title;
  const mine = chat?.author.id === user.value?.id;
  const project = projects.value?.find((one) => one.id === chat?.project_id);
  const mayChange = mine || project?.role === "owner";
  return (
    <Heading
      aside={
        <>
          {chat?.visibility === "private" && (
            <span class="tag" title={w.privateHint}>
              <Icon name="lock" size={13} /> {w.private}
            </span>
          )}
          {chat && !mine && <span class="muted">{w.by(chat.author.username)}</span>}
          <Menu
            label={words.value.actions}
            choices={[
              ...(mayChange ? [{ label: w.rename, icon: "edit" as const, onChoose: () => setDialog("rename") }] : []),
              { label: w.exportMarkdown, icon: "download", href: `/api/chats/${talk.id}/export/markdown` },
              { label: w.exportJson, icon: "download", href: `/api/chats/${talk.id}/export/json` },
              ...(mayChange
                ? [{ label: words.value.delete, icon: "trash" as const, danger: true, onChoose: () => setDialog("delete") }]
                : []),
            ]}
          />
          {dialog === "rename" && <Rename talk={talk} title={title ?? ""} onClose={() => setDialog(null)} />}
          {dialog === "delete" && (
            <Confirm
              title={w.deleteTitle}
              text={w.deleteText}
              action={words.value.delete}
              onClose={() => setDialog(null)}
              onConfirm={() => void trying(chats.erase(talk.id))}
            />
          )}
        </>
      }
    >
      {title || w.untitled}
    </Heading>
  );
}

function Rename({ talk, title, onClose }: { talk: Talk; title: string; onClose: () => void }) {
  const w = words.value.chat;
  const [text, setText] = useState(title);
  const rename = (event: Event) => {
    event.preventDefault();
    onClose();
    void trying(chats.rename(talk.id, text.trim()));
  };
  return (
    <Dialog title={w.renameTitle} onClose={onClose}>
      <form onSubmit={rename}>
        <div class="field">
          <label for="title">{w.title}</label>
          <input id="title" required maxLength={255} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </div>
        <footer>
          <Button onClick={onClose}>{words.value.cancel}</Button>
          <Button look="main" type="submit">
            {words.value.save}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
