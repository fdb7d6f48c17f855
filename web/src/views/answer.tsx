/** A question or an answer in a chat, with what can be done about it. */

import { useState } from "preact/hooks";
import { api, ok } from "../api/client";
import * as format from "../lib/format";
import type { Entry } from "../lib/turns";
import { connection } from "../state/connection";
import { tell, trying } from "../state/notices";
import { language, words } from "../state/settings";
import { type Talk, again, discard, regenerate } from "../state/talk";
import { Icon } from "./icons";
import { Markdown } from "./markdown";
import { Ago, Button, Dialog, IconButton, Spinner } from "./parts";
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
      {streaming && entry.content === "" && <Spinner label={entry.sources.length > 0 ? w.writing : w.thinking} />}
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
      <SourceChips entry={entry} shown={isShown ? shown.source : null} onShow={onShow} />
      {!streaming && <Tools talk={talk} entry={entry} isLast={isLast} />}
    </article>
  );
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

function SourceChips({ entry, shown, onShow }: { entry: Entry; shown: number | null; onShow: (shown: Shown) => void }) {
  if (entry.sources.length === 0) return null;
  const w = words.value;
  return (
    <ul class="chips" aria-label={w.chat.sources}>
      {entry.sources.map((source, n) => (
        <li key={source.id}>
          <button
            type="button"
            class={entry.cited.includes(n + 1) ? "chip cited" : "chip"}
            aria-pressed={shown === n + 1}
            onClick={() => onShow({ message: entry.id, source: n + 1 })}
          >
            <span class="chip-number">{n + 1}</span>
            <span class="chip-name">{source.metadata.filename}</span>
            {source.metadata.page && <span class="chip-page">{w.source.page(source.metadata.page)}</span>}
          </button>
        </li>
      ))}
    </ul>
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
