/** Files on their way to the server. */

import { computed, signal } from "@preact/signals";
import { type Sending, type Uploaded, isAborted, upload } from "../api/upload";
import type { Chosen } from "../lib/files";
import * as documents from "./documents";
import { meaning } from "./notices";

export interface Upload {
  key: number;
  project: number;
  file: File;
  path: string;
  state: "waiting" | "sending" | "failed" | "duplicate";
  /** 0 to 1. */
  share: number;
  error?: string;
}

/** Files that are sent at the same time. */
const ABREAST = 3;

export const uploads = signal<Upload[]>([]);
export const sending = computed(() => uploads.value.filter((one) => one.state === "sending" || one.state === "waiting").length);

const running = new Map<number, Sending<Uploaded>>();
let last = 0;

export function add(project: number, files: Chosen[]): void {
  const fresh = files.map(({ file, path }): Upload => {
    last += 1;
    return { key: last, project, file, path, state: "waiting", share: 0 };
  });
  uploads.value = [...uploads.value, ...fresh];
  fill();
}

export function again(key: number): void {
  change(key, { state: "waiting", share: 0 });
  fill();
}

export function drop(key: number): void {
  running.get(key)?.abort();
  uploads.value = uploads.value.filter((one) => one.key !== key);
}

function fill(): void {
  for (const one of uploads.value) {
    if (running.size >= ABREAST) return;
    if (one.state === "waiting" && !running.has(one.key)) void send(one);
  }
}

async function send({ key, project, file, path }: Upload): Promise<void> {
  change(key, { state: "sending", share: 0 });
  const sent = upload(project, file, path, (share) => change(key, { share }));
  running.set(key, sent);
  try {
    const { document, duplicate } = await sent.done;
    documents.put(document);
    if (duplicate) change(key, { state: "duplicate", share: 1 });
    else uploads.value = uploads.value.filter((one) => one.key !== key);
  } catch (error) {
    if (!isAborted(error)) change(key, { state: "failed", error: meaning(error) });
  } finally {
    running.delete(key);
    fill();
  }
}

function change(key: number, changes: Partial<Upload>): void {
  uploads.value = uploads.value.map((one) => (one.key === key ? { ...one, ...changes } : one));
}

// A page that goes away takes unsent files with it.
window.addEventListener("beforeunload", (event) => {
  if (sending.value > 0) event.preventDefault();
});
