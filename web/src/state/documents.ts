/** The documents of the open project: read once by REST, then kept true by the socket. */

import { batch, computed, signal } from "@preact/signals";
import { type Document, api, counted, ok } from "../api/client";
import type { DocumentStatus, ProjectUpdate } from "../api/events";
import { tell, trying } from "./notices";
import { setDocumentCount } from "./projects";
import { words } from "./settings";

export interface Row extends Document {
  /** What the socket last said; only while it is more than what REST knows. */
  live?: DocumentStatus;
}

const PAGE = 200;
/** Documents whose end is fetched one by one; more of them are fetched as a list. */
const SINGLY = 8;

const rows = signal<ReadonlyMap<number, Row>>(new Map());
export const total = signal(0);
export const loaded = signal(false);
export const statusFilter = signal<string>("");
export const nameFilter = signal("");

/** What is being read at the moment first, then the newest. */
export const documents = computed(() =>
  [...rows.value.values()].sort((a, b) => Number(b.status === "processing") - Number(a.status === "processing") || b.id - a.id),
);

/** How many are still to be read, among those that are known here. */
export const openCount = computed(() => [...rows.value.values()].filter((row) => isOpen(row.status)).length);

/** What the socket said of documents that are not read by REST yet: an upload's first news may be faster than its answer. */
let early = new Map<number, DocumentStatus>();

/**
 * The places in the queue as they are now: they are told when a document joins it, and move up as those before it go.
 */
export const places = computed<ReadonlyMap<number, number>>(() => {
  const waiting = [...rows.value.values()].filter((row) => row.status === "pending" && row.live?.queue_position);
  waiting.sort((a, b) => a.live!.queue_position! - b.live!.queue_position! || a.id - b.id);
  const isAll = rows.value.size >= total.value;
  return new Map(waiting.map((row, n) => [row.id, isAll ? n + 1 : row.live!.queue_position!]));
});

let project = 0;
let stale = new Set<number>();
let waking = false;

export function enter(id: number): void {
  project = id;
  stale = new Set();
  early = new Map();
  batch(() => {
    rows.value = new Map();
    total.value = 0;
    loaded.value = false;
    statusFilter.value = "";
    nameFilter.value = "";
  });
  refresh();
}

/** Reads as many as are shown, anew. */
export function refresh(): void {
  if (project) void trying(load(0, Math.max(PAGE, Math.min(1000, rows.value.size))));
}

export function more(): void {
  void trying(load(rows.value.size, PAGE));
}

/** Asks the server for other documents than the ones shown. */
export function filter(status: string, name: string): void {
  statusFilter.value = status;
  nameFilter.value = name;
  void trying(load(0, PAGE));
}

async function load(skip: number, limit: number): Promise<void> {
  const [asked, status, name] = [project, statusFilter.value, nameFilter.value.trim()];
  const page = { skip, limit };
  const path = { id: asked };
  const found = name
    ? await ok(api.GET("/api/projects/{id}/documents/search", { params: { path, query: { q: name, ...page } } })).then(
        (answer) => ({ items: answer.documents, total: answer.total }),
      )
    : await counted(
        api.GET("/api/projects/{id}/documents", {
          params: { path, query: { ...page, ...(status ? { status_filter: status } : {}) } },
        }),
      );
  if (asked !== project || status !== statusFilter.value || name !== nameFilter.value.trim()) return;
  const next = new Map(skip === 0 ? [] : rows.value);
  for (const item of found.items) {
    if (name && status && item.status !== status) continue;
    next.set(item.id, alive(item));
  }
  batch(() => {
    rows.value = next;
    total.value = found.total;
    loaded.value = true;
    if (!status && !name) setDocumentCount(asked, () => found.total);
  });
}

export const isOpen = (status: string): boolean => status === "pending" || status === "processing";

export function onStatus(event: DocumentStatus): void {
  const row = rows.value.get(event.document_id);
  if (!row) {
    early.set(event.document_id, event);
    touch(event.document_id);
    return;
  }
  if (row.live && row.live.seq >= event.seq) return;
  const status = event.status === "queued" ? "pending" : event.status;
  set({ ...row, status, stage: event.stage, progress: event.progress, attempts: event.attempt, live: event });
  // Counts, warnings and the version are REST's.
  if (!isOpen(status)) touch(event.document_id);
}

export function onUpdate(event: ProjectUpdate): void {
  const id = event.data.document_id;
  if (id === undefined) return;
  if (event.type === "document_deleted") remove(id);
  // With a filter, what is shown does not tell how many there are.
  if (event.type === "document_added" && isFiltered()) setDocumentCount(project, (count) => count + 1);
  if (event.type === "document_added" || event.type === "document_updated") touch(id);
}

/** Fetches what changed, a moment later and all at once. */
function touch(id: number): void {
  stale.add(id);
  if (waking) return;
  waking = true;
  setTimeout(() => {
    waking = false;
    const ids = [...stale];
    stale = new Set();
    if (ids.length > SINGLY) refresh();
    else for (const one of ids) void trying(fetchOne(one));
  }, 250);
}

export async function fetchOne(id: number): Promise<void> {
  const { data, response } = await api.GET("/api/documents/{id}", { params: { path: { id } } });
  if (response.status === 404) return remove(id);
  if (data && data.project_id === project) put(data);
}

/** A document that an upload has just made, into the project that is open or another one. */
export function put(document: Document, into = project): void {
  if (into !== project) return;
  const known = rows.value.has(document.id);
  if (!known && isFiltered()) return;
  batch(() => {
    set(alive(document));
    if (known) return;
    total.value += 1;
    setDocumentCount(project, () => total.value);
  });
}

const isFiltered = (): boolean => statusFilter.value !== "" || nameFilter.value.trim() !== "";

/** With what the socket said of it, while that is of interest. */
function alive(document: Document): Row {
  const live = rows.value.get(document.id)?.live ?? early.get(document.id);
  early.delete(document.id);
  return live && isOpen(document.status) ? { ...document, live } : document;
}

function set(row: Row): void {
  rows.value = new Map(rows.value).set(row.id, row);
}

function remove(id: number): void {
  if (!rows.value.has(id)) return;
  const next = new Map(rows.value);
  next.delete(id);
  batch(() => {
    rows.value = next;
    total.value = Math.max(0, total.value - 1);
    setDocumentCount(project, (count) => (isFiltered() ? count - 1 : total.value));
  });
}

export async function retry(ids: number[]): Promise<void> {
  const answer = await trying(ok(api.POST("/api/documents/process", { body: { document_ids: ids } })));
  if (answer) ids.forEach(touch);
}

export async function cancel(id: number): Promise<void> {
  const document = await trying(ok(api.POST("/api/documents/{id}/cancel", { params: { path: { id } } })));
  if (document) touch(id);
}

export async function erase(ids: number[]): Promise<void> {
  const answer = await trying(ok(api.POST("/api/documents/bulk-delete", { body: { document_ids: ids } })));
  if (!answer) return;
  ids.filter((id) => !answer.failed.some((one) => one.id === id)).forEach(remove);
  if (answer.failed.length > 0) tell("error", words.value.documents.notDeleted(answer.failed.length));
}
