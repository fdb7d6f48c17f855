/** How the next question is asked: about which documents, and by which model. */

import { signal } from "@preact/signals";
import { type Schemas, api, ok } from "../api/client";

/** A document that a question is about. */
export interface Subject {
  id: number;
  filename: string;
}

/** How an answer is written; `null` leaves it to the server. */
export interface Manner {
  model: string | null;
  /** 0 to 2. */
  temperature: number | null;
}

export const manner = signal<Manner>({ model: null, temperature: null });

export const models = signal<Schemas["Models"] | null>(null);

/** The models that can be chosen, asked for once; without an answer there is nothing to choose. */
export async function loadModels(): Promise<void> {
  if (models.value) return;
  models.value = await ok(api.GET("/api/llm/models")).catch(() => null);
}

/** What each chat's next question is about, by the chat's id; 0 is the one that begins with the question. */
const subjects = signal<ReadonlyMap<number, Subject[]>>(new Map());

export const subjectsOf = (chat: number): Subject[] => subjects.value.get(chat) ?? [];

export function setSubjects(chat: number, list: Subject[]): void {
  subjects.value = new Map(subjects.value).set(chat, list);
}

export function addSubject(chat: number, subject: Subject): void {
  if (!subjectsOf(chat).some((one) => one.id === subject.id)) setSubjects(chat, [...subjectsOf(chat), subject]);
}

export function dropSubject(chat: number, id: number): void {
  setSubjects(chat, subjectsOf(chat).filter((one) => one.id !== id));
}

/** A chat goes on about what another one is about. */
export function passOn(from: number, to: number): void {
  setSubjects(to, subjectsOf(from));
}

/** The same, and the other one forgets it: for a chat that begins with its first question. */
export function handOn(from: number, to: number): void {
  passOn(from, to);
  setSubjects(from, []);
}
