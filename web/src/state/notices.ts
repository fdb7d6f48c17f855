/** Short messages at the edge of the page: what went wrong, or was done. */

import { signal } from "@preact/signals";
import { ApiError } from "../api/client";
import { type Refusal, described } from "../lib/problems";
import { words } from "./settings";

export interface Notice {
  id: number;
  kind: "error" | "done";
  text: string;
}

export const notices = signal<Notice[]>([]);
let last = 0;

const STAYS = { error: 9000, done: 3500 };

export function tell(kind: Notice["kind"], text: string): void {
  last += 1;
  const id = last;
  notices.value = [...notices.value.filter((one) => one.text !== text).slice(-3), { id, kind, text }];
  setTimeout(() => dismiss(id), STAYS[kind]);
}

export function dismiss(id: number): void {
  notices.value = notices.value.filter((one) => one.id !== id);
}

/** What anything that was thrown means for a person, in their language. */
export function meaning(error: unknown): string {
  if (error instanceof ApiError) return told(error);
  return error instanceof Error ? error.message : String(error);
}

/** What a refusal means, whichever way it came. */
export function told(refusal: Refusal): string {
  return refusal.code === "offline" ? words.value.errors.offline : described(refusal, words.value.problems);
}

/** Runs something that a person asked for and says so when it fails. */
export async function trying<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    tell("error", meaning(error));
    return undefined;
  }
}
