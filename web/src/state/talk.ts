/**
 * What is said in the chats of this visit. Each chat stays followed once it was open, so that an answer goes on growing
 * while another chat is looked at; after a lost connection, exactly what is missing is asked for.
 */

import { type Signal, signal } from "@preact/signals";
import { type Chat, type Source, api, ok } from "../api/client";
import type { Acknowledged, UserRef } from "../api/events";
import { line } from "../api/socket";
import { type Entry, type Manner, advance, begin, blank, merge, put, stored, take } from "../lib/turns";
import { manner, subjectsOf } from "./asking";
import * as chats from "./chats";
import { onConnected } from "./connection";
import { meaning, tell } from "./notices";

export interface Talk {
  id: number;
  chat: Signal<Chat | null>;
  entries: Signal<Entry[]>;
  state: Signal<"loading" | "there" | "gone">;
  typing: Signal<UserRef[]>;
}

const talks = new Map<number, Talk>();
let shown: number | null = null;

/** The chat with this id, followed from now on. */
export function open(id: number): Talk {
  const known = talks.get(id);
  const talk = known ?? {
    id,
    chat: signal(null),
    entries: signal<Entry[]>([]),
    state: signal<"loading" | "there" | "gone">("loading"),
    typing: signal<UserRef[]>([]),
  };
  talks.set(id, talk);
  if (shown !== id) {
    if (shown !== null && line.connected) line.emit("leave_chat", { chat_id: shown });
    shown = id;
    void catchUp(talk);
  }
  return talk;
}

export function close(id: number): void {
  if (shown !== id) return;
  if (line.connected) line.emit("leave_chat", { chat_id: id });
  shown = null;
}

onConnected(() => {
  const talk = shown === null ? undefined : talks.get(shown);
  for (const one of talks.values()) resume(one);
  if (talk) void catchUp(talk);
});

/** Reads what is stored, then follows what is being written. */
async function catchUp(talk: Talk): Promise<void> {
  const { data, response } = await api
    .GET("/api/chats/{id}", { params: { path: { id: talk.id } } })
    .catch(() => ({ data: undefined, response: null }));
  if (data) {
    const { messages, ...chat } = data;
    talk.chat.value = chat;
    talk.entries.value = merge(talk.entries.value, messages.map(stored));
    talk.state.value = "there";
  } else if (response && (response.status === 404 || response.status === 403)) {
    talk.state.value = "gone";
    return;
  }
  if (!line.connected) return;
  // First the rest of what is known in part: the room would begin at the beginning.
  resume(talk);
  if (shown === talk.id) line.emit("join_chat", { chat_id: talk.id });
}

function resume(talk: Talk): void {
  for (const entry of talk.entries.value) {
    if (entry.role === "assistant" && entry.status === "streaming" && entry.id > 0) {
      const payload = { chat_id: talk.id, message_id: entry.id, after_seq: entry.seq };
      line.emit("resume_message", payload, (answer) => {
        if (!answer.ok && answer.error.code !== "unauthenticated") void forget(talk, entry.id);
      });
    }
    // The server knows a question by its client id: asking again does not ask twice.
    if (entry.clientId && entry.status === "streaming") deliver(talk, entry);
  }
}

/** An answer that cannot be followed is taken as it is stored. */
async function forget(talk: Talk, id: number): Promise<void> {
  const stale = talk.entries.value.find((one) => one.id === id);
  if (stale) talk.entries.value = put(talk.entries.value, { ...stale, status: "interrupted" });
  await catchUp(talk);
}

export function send(talk: Talk, text: string): void {
  const clientId = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  const subjects = subjectsOf(talk.id);
  const entry: Entry = { ...blank(0), role: "user", content: text, clientId, manner: chosenManner(talk) };
  if (subjects.length > 0) entry.about = subjects.map((one) => one.filename).join(", ");
  talk.entries.value = [...talk.entries.value, entry];
  if (line.connected) deliver(talk, entry);
}

/** What the question is about and who answers it, as it is chosen now. */
function chosenManner(talk: Talk): Manner {
  const ids = subjectsOf(talk.id).map((one) => one.id);
  const { model, temperature } = manner.value;
  return {
    ...(ids.length > 0 ? { document_ids: ids } : {}),
    ...(model === null ? {} : { model }),
    ...(temperature === null ? {} : { temperature }),
  };
}

/** Tries a question again that did not get through. */
export function again(talk: Talk, entry: Entry): void {
  const { error: _, ...open } = entry;
  replace(talk, { ...open, status: "streaming" });
  if (line.connected) deliver(talk, open);
}

export function discard(talk: Talk, entry: Entry): void {
  talk.entries.value = talk.entries.value.filter((one) => one.clientId !== entry.clientId || one.id !== 0);
}

function deliver(talk: Talk, { content, clientId, manner }: Entry): void {
  if (!clientId) return;
  const payload = { ...manner, chat_id: talk.id, message: content, client_message_id: clientId };
  line.emit("send_message", payload, (answer: Acknowledged) => {
    // Once the sign-in is renewed it is sent again.
    if (answer.ok || answer.error.code === "unauthenticated") return;
    const mine = talk.entries.value.find((one) => one.clientId === clientId);
    if (mine) replace(talk, { ...mine, status: "failed", error: answer.error });
  });
}

function replace(talk: Talk, entry: Entry): void {
  talk.entries.value = talk.entries.value.map((one) => (one.clientId === entry.clientId ? entry : one));
}

export function stop(talk: Talk, message: number): void {
  line.emit("cancel_message", { chat_id: talk.id, message_id: message }, (answer) => {
    if (!answer.ok) tell("error", answer.error.message);
  });
}

/** The answer comes through the socket; the request only starts it. */
export async function regenerate(talk: Talk, message: number): Promise<void> {
  const path = { id: talk.id, message_id: message };
  try {
    await ok(
      api.POST("/api/chats/{id}/messages/{message_id}/regenerate", {
        params: { path },
        body: { stream: true },
        parseAs: "stream",
      }),
    ).then((body) => (body as unknown as ReadableStream | null)?.cancel());
  } catch (error) {
    tell("error", meaning(error));
  }
}

let typedAt = 0;

/** Says that somebody writes, at most every two seconds. */
export function typing(talk: Talk, is: boolean): void {
  const now = Date.now();
  if (!line.connected || (is && now - typedAt < 2000) || (!is && typedAt === 0)) return;
  typedAt = is ? now : 0;
  line.emit("typing", { chat_id: talk.id, typing: is });
}

function change(chat: number, message: number, work: (entry: Entry) => Entry): void {
  const talk = talks.get(chat);
  const entry = talk?.entries.value.find((one) => one.id === message && one.role === "assistant");
  if (talk) talk.entries.value = put(talk.entries.value, work(entry ?? blank(message)));
}

line.on("message_received", ({ chat_id, message_id, user_message: { id, content } }) => {
  const talk = talks.get(chat_id);
  if (talk) talk.entries.value = begin(talk.entries.value, { answer: message_id, question: id, content });
});

line.on("message_sources", ({ chat_id, message_id, sources }: { chat_id: number; message_id: number; sources: Source[] }) => {
  change(chat_id, message_id, (entry) => ({ ...entry, sources }));
});

line.on("message_progress", ({ chat_id, message_id, ...reading }) => {
  change(chat_id, message_id, (entry) => advance(entry, reading));
});

line.on("message_token", (frame) => {
  change(frame.chat_id, frame.message_id, (entry) => (entry.status === "streaming" ? take(entry, frame).entry : entry));
});

line.on("message_complete", ({ chat_id, message_id, content, metadata }) => {
  change(chat_id, message_id, (entry) => ({
    ...entry,
    content,
    status: "completed",
    cited: metadata.cited,
    unsupported: metadata.unsupported ?? entry.unsupported,
    model: metadata.model,
    latency: metadata.latency_ms,
  }));
  chats.refresh();
});

line.on("message_cancelled", ({ chat_id, message_id, content }) => {
  change(chat_id, message_id, (entry) => ({ ...entry, content, status: "cancelled" }));
});

line.on("error", (problem) => {
  const { chat_id, message_id, code, message, event } = problem;
  if (chat_id != null && message_id != null) {
    const status = code === "interrupted" ? "interrupted" : "failed";
    change(chat_id, message_id, (entry) => ({ ...entry, status, error: { code, message } }));
  } else if (!["send_message", "typing", "resume_message"].includes(event ?? "") && code !== "unauthenticated") {
    tell("error", message);
  }
});

const silences = new Map<string, ReturnType<typeof setTimeout>>();

line.on("typing", ({ chat_id, user, typing: is }) => {
  const talk = talks.get(chat_id);
  if (!talk) return;
  const others = talk.typing.value.filter((one) => one.id !== user.id);
  talk.typing.value = is ? [...others, user] : others;
  // Who closes the page in the middle of a word does not say so.
  const key = `${chat_id}/${user.id}`;
  clearTimeout(silences.get(key));
  if (is) silences.set(key, setTimeout(() => (talk.typing.value = talk.typing.value.filter((one) => one.id !== user.id)), 5000));
});
