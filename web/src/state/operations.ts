/** What operators see of the queue, asked again every two seconds while somebody looks. */

import { signal } from "@preact/signals";
import { type Job, type Schemas, api, counted, ok } from "../api/client";

export type Overview = Schemas["JobsOverview"];
export type UnderWay = Overview["under_way"][number];
export type Reason = Overview["failures"][number];
export type Worker = Schemas["Worker"];

export const overview = signal<Overview | null>(null);
export const workers = signal<Worker[]>([]);
export const jobs = signal<{ items: Job[]; total: number } | null>(null);
export const shownState = signal("");
export const away = signal<unknown>(null);

const PAGE = 100;
/** Jobs that are retried at one click. */
const MOST = 1000;

type Filter = { state?: string; error_code?: string; unresolved?: boolean };

/** What failed and was mended since is not shown among the failures. */
const filterOf = (state: string): Filter => (state === "failed" ? { state, unresolved: true } : state ? { state } : {});

const list = (filter: Filter, limit: number, skip = 0) =>
  counted(api.GET("/api/jobs", { params: { query: { ...filter, limit, skip } } }));

/** Reads everything anew until the returned function is called. */
export function watch(): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let stopped = false;
  const round = async () => {
    if (document.visibilityState === "visible") await refresh();
    if (!stopped) timer = setTimeout(() => void round(), 2000);
  };
  void round();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

export async function refresh(): Promise<void> {
  const asked = shownState.value;
  // As many as are shown: who looks further down keeps them.
  const shown = Math.min(MOST, Math.max(PAGE, jobs.value?.items.length ?? 0));
  try {
    const [seen, heard, found] = await Promise.all([
      ok(api.GET("/api/jobs/overview")),
      ok(api.GET("/api/workers")),
      list(filterOf(asked), shown),
    ]);
    overview.value = seen;
    workers.value = heard;
    if (asked === shownState.value) jobs.value = found;
    away.value = null;
  } catch (error) {
    away.value = error;
  }
}

export function show(state: string): void {
  shownState.value = state;
  jobs.value = null;
  void refresh();
}

export async function more(): Promise<void> {
  const known = jobs.value;
  if (!known) return;
  const asked = shownState.value;
  const found = await list(filterOf(asked), PAGE, known.items.length);
  if (asked === shownState.value) jobs.value = { items: [...known.items, ...found.items], total: found.total };
}

/** Does the same with many jobs; some may have changed meanwhile, which the server refuses. */
export async function each(what: "retry" | "cancel", ids: number[]): Promise<{ done: number; refused: number }> {
  let done = 0;
  for (const id of ids) {
    const { response } = await api.POST(`/api/jobs/{id}/${what}`, { params: { path: { id } } });
    if (response.ok) done += 1;
  }
  await refresh();
  return { done, refused: ids.length - done };
}

/** Starts everything over that rests as failed for one reason. */
export async function retryAll(reason: string): Promise<{ done: number; refused: number }> {
  const { items } = await list({ state: "failed", error_code: reason, unresolved: true }, MOST);
  return each("retry", items.map((job) => job.id));
}
