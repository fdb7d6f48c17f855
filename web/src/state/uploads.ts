/** Files on their way to the server. */

import { computed, signal } from "@preact/signals";
import { ApiError, type Document } from "../api/client";
import { type Sending, type Uploaded, isAborted, upload } from "../api/upload";
import type { Chosen } from "../lib/files";
import { mayHelpAgain } from "../lib/problems";
import * as documents from "./documents";
import { meaning } from "./notices";

export interface Upload {
  key: number;
  project: number;
  file: File;
  path: string;
  state: "waiting" | "sending" | "failed" | "duplicate";
  /** What is done with the document once the server has it. */
  whenThere?: ((document: Document) => void) | undefined;
  /** 0 to 1. */
  share: number;
  error?: string;
  /** Whether sending the same again can help. */
  mayRetry?: boolean;
}

/** Files that are sent at the same time. */
const ABREAST = 3;

export const uploads = signal<Upload[]>([]);
export const sending = computed(() => uploads.value.filter((one) => one.state === "sending" || one.state === "waiting").length);

/** Files and bytes that arrived since the last time when nothing was on its way. */
const arrived = signal({ files: 0, bytes: 0 });

export interface Overview {
  /** Files that arrived, of those that are sent together; the same in bytes. */
  files: number;
  allFiles: number;
  bytes: number;
  allBytes: number;
}

/** How far all files together are; `null` while nothing is on its way. */
export const overview = computed<Overview | null>(() => {
  const open = uploads.value.filter((one) => one.state === "sending" || one.state === "waiting");
  if (open.length === 0) return null;
  const { files, bytes } = arrived.value;
  const sum = (count: (one: Upload) => number) => open.reduce((all, one) => all + count(one), bytes);
  return { files, allFiles: files + open.length, bytes: sum((one) => one.share * one.file.size), allBytes: sum((one) => one.file.size) };
});

const running = new Map<number, Sending<Uploaded>>();
let last = 0;

export function add(project: number, files: Chosen[], whenThere?: (document: Document) => void): void {
  const fresh = files.map(({ file, path }): Upload => {
    last += 1;
    return { key: last, project, file, path, state: "waiting", share: 0, whenThere };
  });
  if (sending.value === 0) arrived.value = { files: 0, bytes: 0 };
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

async function send({ key, project, file, path, whenThere }: Upload): Promise<void> {
  change(key, { state: "sending", share: 0 });
  const sent = upload(project, file, path, (share) => change(key, { share }));
  running.set(key, sent);
  try {
    const { document, duplicate } = await sent.done;
    documents.put(document, project);
    arrived.value = { files: arrived.value.files + 1, bytes: arrived.value.bytes + file.size };
    whenThere?.(document);
    // Whoever wants the document has it, new or not.
    if (duplicate && !whenThere) change(key, { state: "duplicate", share: 1 });
    else uploads.value = uploads.value.filter((one) => one.key !== key);
  } catch (error) {
    if (!isAborted(error)) change(key, { state: "failed", error: meaning(error), mayRetry: mayHelpAgain(error instanceof ApiError ? error.code : null) });
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
