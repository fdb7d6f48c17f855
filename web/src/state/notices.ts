/** Short messages at the edge of the page: what went wrong, or was done. */

import { signal } from "@preact/signals";
import { ApiError, explain } from "../api/client";
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

/** What an error means for a person, in the page's own words where it has better ones. */
export function meaning(error: unknown): string {
  if (error instanceof ApiError && error.code === "offline") return words.value.errors.offline;
  return explain(error);
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
