/** A question or an answer in a chat, with what can be done about it. */

import { useState } from "preact/hooks";
import { api, ok } from "../api/client";
import * as format from "../lib/format";
import { type Entry, type Reading, shareRead } from "../lib/turns";
import { connection } from "../state/connection";
import { tell, trying } from "../state/notices";
import { language, words } from "../state/settings";
import { type Talk, again, discard, regenerate } from "../state/talk";
import { Icon } from "./icons";
import { Markdown } from "./markdown";
import { Ago, Bar, Button, Dialog, IconButton, Spinner } from "./parts";
import { SourceChips } from "./source-chips";
import { AnswerTrace } from "./trace";

export interface Shown {
  message: number;
  /** 1-based; `null` shows the list. */
  source: number | null;
}

export function Question({ talk, entry, mine }: { talk: Talk; entry: Entry; mine: string }) {
  const w = words.value.chat;
  const waits = entry.id === 0 && entry.status === "streaming";
  return (
    <article class="question" aria-label={mine}>
      <p>{entry.content}</p>
      {entry.about && <p class="question-state">{w.about(entry.about)}</p>}
      {waits && <p class="question-state">{connection.value === "connected" ? w.sendingNow : w.waitsForLine}</p>}
      {entry.status === "failed" && (
        <p class="question-state failed" role="alert">
          <Icon name="warning" size={15} /> {w.notSent}: {entry.error?.message}
          <Button look="quiet" onClick={() => again(talk, entry)}>
            {words.value.retry}
          </Button>
          <Button look="quiet" onClick={() => discard(talk, entry)}>
            {w.discard}
          </Button>
        </p>
      )}
    </article>
  );
}

interface AnswerProps {
  talk: Talk;
  entry: Entry;
  isLast: boolean;
  shown: Shown | null;
  onShow: (shown: Shown) => void;
}

export function Answer({ talk, entry, isLast, shown, onShow }: AnswerProps) {
  const w = words.value.chat;
  const streaming = entry.status === "streaming";
  const isShown = shown?.message === entry.id;
  return (
    <article class={`answer ${entry.status}`} aria-label={entry.summary ? w.summary : w.answer} aria-busy={streaming} data-message={entry.id}>
      {entry.summary && <p class="tag">{w.summary}</p>}
      {streaming && entry.content === "" && <Waiting entry={entry} />}
      <Markdown
        text={entry.content}
        sources={entry.sources}
        shown={isShown ? shown.source : null}
        onCite={(source) => onShow({ message: entry.id, source })}
      />
      <Doubts entry={entry} />
      {entry.status === "cancelled" && <p class="answer-state">{w.cancelled}</p>}
      {(entry.status === "failed" || entry.status === "interrupted") && (
        <p class="answer-state failed" role="alert">
          <Icon name="warning" size={15} />{" "}
          {entry.status === "interrupted" ? w.interrupted : [w.failed, entry.error?.message].filter(Boolean).join(": ")}
        </p>
      )}
      <SourceChips entry={entry} shown={isShown ? shown.source : null} onShow={(source) => onShow({ message: entry.id, source })} />
      {!streaming && <Tools talk={talk} entry={entry} isLast={isLast} />}
    </article>
  );
}

/** What is done before the first word. */
function Waiting({ entry: { reading, sources } }: { entry: Entry }) {
  const w = words.value.chat;
  if (!reading || sources.length > 0) return <Spinner label={sources.length > 0 ? w.writing : w.thinking} />;
  const label = whatIsRead(reading);
  return (
    <div class="answer-reading">
      <Spinner label={label} />
      <Bar share={shareRead(reading)} label={label} />
    </div>
  );
}

function whatIsRead({ filename, part, of, nth, documents }: Reading): string {
  const w = words.value.chat;
  if (documents === 1) return w.readingPart(part, of);
  return of === 1 ? w.readingDocument(nth, documents, filename) : w.readingPartOf(nth, documents, filename, part, of);
}

/** What of the answer the passages it cites do not bear out, as it is found. */
function Doubts({ entry }: { entry: Entry }) {
  if (entry.unsupported.length === 0) return null;
  const w = words.value.chat;
  const letters = Array.from(entry.content);
  return (
    <aside class="answer-doubts" role="note">
      <p>
        <Icon name="warning" size={15} /> {w.unsupported}
      </p>
      <ul>
        {entry.unsupported.map(({ start, end, about }) => (
          <li key={`${start}-${about}`}>
            <q>{letters.slice(start, end).join("")}</q> <strong>{about}</strong>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Tools({ talk, entry, isLast }: { talk: Talk; entry: Entry; isLast: boolean }) {
  const w = words.value.chat;
  const [rated, setRated] = useState<"up" | "down" | null>(entry.rating ?? null);
  const [open, setOpen] = useState<"comment" | "trace" | null>(null);
  const rate = async (rating: "up" | "down", comment?: string) => {
    if (await trying(sendFeedback(talk.id, entry.id, rating, comment))) {
      setRated(rating);
      tell("done", w.thanks);
    }
  };
  const copy = async () => {
    await navigator.clipboard.writeText(entry.content);
    tell("done", words.value.copied);
  };
  return (
    <div class="answer-tools">
      <IconButton icon="copy" size={16} label={w.copyAnswer} onClick={copy} />
      {isLast && <IconButton icon="turn" size={16} label={w.regenerate} onClick={() => void regenerate(talk, entry.id)} />}
      {entry.status === "completed" && (
        <>
          <IconButton icon="thumbUp" size={16} label={w.good} aria-pressed={rated === "up"} onClick={() => void rate("up")} />
          <IconButton icon="thumbDown" size={16} label={w.bad} aria-pressed={rated === "down"} onClick={() => setOpen("comment")} />
          <IconButton icon="route" size={16} label={w.how} onClick={() => setOpen("trace")} />
        </>
      )}
      <span class="answer-facts">
        {entry.model}
        {entry.latency !== undefined && ` ${w.took(format.duration(entry.latency, language.value))}`}
        {entry.model && " · "}
        <Ago moment={entry.createdAt} />
      </span>
      {open === "comment" && <Comment onClose={() => setOpen(null)} onSend={(comment) => void rate("down", comment)} />}
      {open === "trace" && (
        <Dialog title={w.how} onClose={() => setOpen(null)}>
          <AnswerTrace chat={talk.id} entry={entry} />
        </Dialog>
      )}
    </div>
  );
}

function Comment({ onClose, onSend }: { onClose: () => void; onSend: (comment: string) => void }) {
  const w = words.value.chat;
  const [text, setText] = useState("");
  const send = (event: Event) => {
    event.preventDefault();
    onClose();
    onSend(text.trim());
  };
  return (
    <Dialog title={w.bad} onClose={onClose}>
      <form onSubmit={send}>
        <div class="field">
          <label for="comment">{w.comment}</label>
          <textarea id="comment" rows={3} maxLength={2000} value={text} onInput={(event) => setText(event.currentTarget.value)} />
        </div>
        <footer>
          <Button onClick={onClose}>{words.value.cancel}</Button>
          <Button look="main" type="submit">
            {w.sendComment}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

async function sendFeedback(chat: number, message: number, rating: "up" | "down", comment?: string): Promise<true> {
  await ok(
    api.POST("/api/chats/{id}/messages/{message_id}/feedback", {
      params: { path: { id: chat, message_id: message } },
      body: { rating, ...(comment ? { comment } : {}) },
    }),
  );
  return true;
}
