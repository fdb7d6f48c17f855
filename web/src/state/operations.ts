/** What operators see of the queue, asked again every two seconds while somebody looks. */

import { signal } from "@preact/signals";
import { type Job, type Schemas, api, counted, ok } from "../api/client";

export type Worker = Schemas["Worker"];

export interface Overview {
  queued: number;
  /** When the job that waits longest was queued. */
  oldest: string | null;
  running: Job[];
  failed: number;
  /** Of the newest thousand failures, how many for each reason; the most frequent first. */
  reasons: [string, number][];
  doneLastHour: number;
  /** There are more than were counted. */
  doneIsMore: boolean;
  workers: Worker[];
}

export const overview = signal<Overview | null>(null);
export const jobs = signal<{ items: Job[]; total: number } | null>(null);
export const shownState = signal("");
export const away = signal<unknown>(null);

const PAGE = 100;
const MOST = 1000;
const HOUR = 3_600_000;

const list = (state: string, limit: number, skip = 0) =>
  counted(api.GET("/api/jobs", { params: { query: { ...(state ? { state } : {}), limit, skip } } }));

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
  try {
    const [seen, found] = await Promise.all([look(), list(asked, PAGE)]);
    overview.value = seen;
    if (asked === shownState.value) jobs.value = found;
    away.value = null;
  } catch (error) {
    away.value = error;
  }
}

async function look(): Promise<Overview> {
  const [queued, running, failed, done, workers] = await Promise.all([
    list("queued", 1),
    list("running", 100),
    list("failed", MOST),
    list("done", MOST),
    ok(api.GET("/api/workers")),
  ]);
  // Newest first: the one that waits longest is the last.
  const last = queued.total > 1 ? await list("queued", 1, queued.total - 1) : queued;
  const since = Date.now() - HOUR;
  const recent = done.items.filter((job) => job.finished_at && Date.parse(job.finished_at) >= since);
  return {
    queued: queued.total,
    oldest: last.items[0]?.created_at ?? null,
    running: running.items,
    failed: failed.total,
    reasons: reasonsOf(failed.items),
    doneLastHour: recent.length,
    doneIsMore: recent.length === MOST,
    workers,
  };
}

export function reasonsOf(failed: Job[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { error_code } of failed) {
    const reason = error_code ?? "?";
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]);
}

export function show(state: string): void {
  shownState.value = state;
  jobs.value = null;
  void refresh();
}

export async function more(): Promise<void> {
  const known = jobs.value;
  if (!known) return;
  const found = await list(shownState.value, PAGE, known.items.length);
  jobs.value = { items: [...known.items, ...found.items], total: found.total };
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
