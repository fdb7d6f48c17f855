/** How an answer grows from events, without a gap and without a repetition. No browser in here: tests run it. */

import type { Message, Source } from "../api/client";
import type { MessageToken } from "../api/events";

/** How far the reading of long documents for a summary is: which part of which document is read. All count from 1. */
export interface Reading {
  filename: string;
  part: number;
  of: number;
  /** The document, of those that are summed up together. */
  nth: number;
  documents: number;
}

/** How a question is to be answered, as it was chosen beside it. */
export interface Manner {
  document_ids?: number[];
  model?: string;
  temperature?: number;
}

/** A statement of an answer that the passages it cites do not bear out; places count Unicode code points. */
export interface Unsupported {
  start: number;
  end: number;
  reason: string;
  about: string;
}

export type Status = "streaming" | "completed" | "cancelled" | "failed" | "interrupted";

/** One answer, or one question, as it is shown. */
export interface Entry {
  /** 0 until the server has given it one. */
  id: number;
  role: "user" | "assistant" | "system";
  content: string;
  sources: Source[];
  status: Status;
  cited: number[];
  createdAt: string;
  /** The last frame that is in `content`; -1 before the first. */
  seq: number;
  /** How long the content was after a frame: where frames that come again, differently joined, are cut. */
  marks: Map<number, number>;
  model: string | null;
  question: number | null;
  summary: boolean;
  /** Until the first word of a summary. */
  reading?: Reading;
  /** How a question is asked, and the names of what it is about; known where it was asked. */
  manner?: Manner;
  about?: string;
  /** Set until the server has confirmed a question. */
  clientId?: string;
  error?: { code: string; message: string };
  /** Statements that the cited passages do not bear out. */
  unsupported: Unsupported[];
  latency?: number;
  /** What one thinks of it oneself. */
  rating?: "up" | "down";
}

/** What becomes of a frame. */
export type Taken = "added" | "known" | "gap";

/**
 * Adds a frame to an answer. Frames may come again, and joined in another way than before, when an answer is followed
 * anew; `gap` changes nothing, and the whole comes with the end.
 */
export function take(entry: Entry, frame: MessageToken): { taken: Taken; entry: Entry } {
  const first = frame.first_seq ?? frame.seq;
  const before = first === 0 ? 0 : entry.marks.get(first - 1);
  if (before === undefined) return { taken: frame.seq <= entry.seq ? "known" : "gap", entry };
  entry.marks.set(frame.seq, before + frame.token.length);
  if (frame.seq <= entry.seq) return { taken: "known", entry };
  const unsupported = frame.unsupported?.length ? [...entry.unsupported, ...frame.unsupported] : entry.unsupported;
  const content = entry.content.slice(0, before) + frame.token;
  return { taken: "added", entry: { ...entry, seq: frame.seq, content, unsupported } };
}

/** How much was read before this part, from 0 to 1. */
export function shareRead({ part, of, nth, documents }: Reading): number {
  return (nth - 1 + (part - 1) / of) / documents;
}

/** Parts are read side by side: the furthest one is shown. */
export function advance(entry: Entry, { filename, part, of, nth, documents }: Reading): Entry {
  const reading = { filename, part, of, nth, documents };
  if (entry.status !== "streaming" || (entry.reading && shareRead(entry.reading) > shareRead(reading))) return entry;
  return { ...entry, reading };
}

/** An answer of which nothing is known yet. */
export function blank(id: number, question: number | null = null): Entry {
  return {
    id,
    role: "assistant",
    content: "",
    sources: [],
    status: "streaming",
    cited: [],
    unsupported: [],
    createdAt: new Date().toISOString(),
    seq: -1,
    marks: new Map(),
    model: null,
    question,
    summary: false,
  };
}

/** A stored message. One that is still being written starts empty: its frames are asked for from the first. */
export function stored(message: Message): Entry {
  const streaming = message.status === "streaming";
  return {
    id: message.id,
    role: message.role as Entry["role"],
    content: streaming ? "" : message.content,
    sources: message.sources,
    status: message.status as Status,
    cited: message.cited,
    unsupported: streaming ? [] : (message.unsupported ?? []),
    ...(message.error ? { error: message.error } : {}),
    createdAt: message.created_at,
    seq: -1,
    marks: new Map(),
    model: message.model_name ?? null,
    question: message.question_id ?? null,
    summary: message.summary,
    ...(message.feedback ? { rating: message.feedback.rating as "up" | "down" } : {}),
  };
}

/** Puts an entry in the place of the one with its id, or at the end. */
export function put(entries: Entry[], entry: Entry): Entry[] {
  const at = entries.findIndex((one) => one.id === entry.id && one.role === entry.role);
  return at < 0 ? [...entries, entry] : entries.map((one, n) => (n === at ? entry : one));
}

/** A turn has begun: its question is confirmed, or somebody else's appears; older answers to it give way. */
export function begin(
  entries: Entry[],
  turn: { answer: number; question: number; content: string; clientId?: string },
): Entry[] {
  let known = false;
  let next = entries.map((one) => {
    const mine = one.clientId !== undefined && one.id === 0 && (turn.clientId ? one.clientId === turn.clientId : one.content === turn.content);
    if (one.role !== "user" || known || !(one.id === turn.question || mine)) return one;
    known = true;
    const { clientId: _, error: __, ...confirmed } = one;
    return { ...confirmed, id: turn.question, status: "completed" as const };
  });
  if (!known) {
    next = [...next, { ...blank(turn.question), role: "user", content: turn.content, status: "completed" }];
  }
  next = next.filter((one) => one.role !== "assistant" || one.question !== turn.question || one.id === turn.answer);
  if (next.some((one) => one.id === turn.answer)) return next;
  const answer = blank(turn.answer, turn.question);
  const at = next.findIndex((one) => one.role === "user" && one.id === turn.question);
  return [...next.slice(0, at + 1), answer, ...next.slice(at + 1)];
}

/**
 * What the database has, but answers that grow here are further than it; and what is younger than its last message was
 * said after it was asked, or is not sent yet.
 */
export function merge(here: Entry[], there: Entry[]): Entry[] {
  const merged = there.map((entry) => {
    const mine = here.find((one) => one.id === entry.id && one.role === entry.role);
    if (mine?.status === "streaming") return mine;
    // It may be stored before its confirmation came.
    const about = (mine ?? here.find((one) => one.id === 0 && isSame(entry, one)))?.about;
    return about ? { ...entry, about } : entry;
  });
  const last = Math.max(0, ...there.map((one) => one.id));
  const younger = here.filter((one) => (one.id === 0 ? !there.some((other) => isSame(other, one)) : one.id > last));
  return [...merged, ...younger];
}

/** A question that was stored although its confirmation was lost: the last one with the same words. */
function isSame(there: Entry, here: Entry): boolean {
  return there.role === here.role && there.content === here.content && Date.parse(there.createdAt) >= Date.parse(here.createdAt) - 1000;
}
