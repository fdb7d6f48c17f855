/** The queue's jobs: what waits, runs or rests, one or many of them retried or cancelled. */

import { useState } from "preact/hooks";
import type { Job } from "../api/client";
import { tell, trying } from "../state/notices";
import * as operations from "../state/operations";
import { words } from "../state/settings";
import { Ago, Button } from "./parts";

const STATES = ["", "queued", "running", "failed", "cancelled", "done"];
const canRetry = (job: Job) => job.state === "failed" || job.state === "cancelled";
const canCancel = (job: Job) => job.kind === "ingest_document" && (job.state === "queued" || job.state === "running");

export function Jobs() {
  const w = words.value.operators;
  const found = operations.jobs.value;
  const [marked, setMarked] = useState<ReadonlySet<number>>(new Set());
  const items = found?.items ?? [];
  const chosen = items.filter((job) => marked.has(job.id));
  const act = async (what: "retry" | "cancel", list: Job[]) => {
    const outcome = await trying(operations.each(what, list.map((job) => job.id)));
    setMarked(new Set());
    if (outcome && outcome.refused > 0) tell("error", w.some(outcome.done, outcome.refused));
  };
  const retriable = chosen.filter(canRetry);
  const cancellable = chosen.filter(canCancel);
  return (
    <section aria-labelledby="jobs">
      <h2 id="jobs">{w.jobs}</h2>
      <div class="filters">
        <div class="segments" role="group" aria-label={w.jobs}>
          {STATES.map((state) => (
            <button key={state} type="button" aria-pressed={operations.shownState.value === state} onClick={() => operations.show(state)}>
              {state ? w.states[state] : w.all}
            </button>
          ))}
        </div>
        {retriable.length > 0 && (
          <Button icon="turn" onClick={() => void act("retry", retriable)}>
            {w.retrySelected(retriable.length)}
          </Button>
        )}
        {cancellable.length > 0 && (
          <Button icon="stop" onClick={() => void act("cancel", cancellable)}>
            {w.cancelSelected(cancellable.length)}
          </Button>
        )}
      </div>
      {found && items.length === 0 && <p class="hint">{w.noJobs}</p>}
      {items.length > 0 && <Table items={items} marked={marked} onMark={setMarked} onAct={(what, job) => void act(what, [job])} />}
      {found && items.length < found.total && (
        <Button onClick={() => void trying(operations.more())}>{words.value.more}</Button>
      )}
    </section>
  );
}

interface TableProps {
  items: Job[];
  marked: ReadonlySet<number>;
  onMark: (marked: ReadonlySet<number>) => void;
  onAct: (what: "retry" | "cancel", job: Job) => void;
}

function Table({ items, marked, onMark, onAct }: TableProps) {
  const w = words.value.operators;
  const markable = items.filter((job) => canRetry(job) || canCancel(job));
  const isAll = markable.length > 0 && markable.every((job) => marked.has(job.id));
  const toggle = (id: number) => {
    const next = new Set(marked);
    if (!next.delete(id)) next.add(id);
    onMark(next);
  };
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={w.jobs}>
      <table class="jobs">
        <thead>
          <tr>
            <th>
              <input
                type="checkbox"
                aria-label={words.value.documents.selectAll}
                disabled={markable.length === 0}
                checked={isAll}
                onChange={() => onMark(new Set(isAll ? [] : markable.map((job) => job.id)))}
              />
            </th>
            <th>{w.job}</th>
            <th>{words.value.documents.state}</th>
            <th>{w.attempt}</th>
            <th>{w.created}</th>
            <th>{w.finished}</th>
            <th>{w.error}</th>
            <th>
              <span class="unseen">{words.value.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((job) => (
            <JobRow key={job.id} job={job} isMarked={marked.has(job.id)} onMark={() => toggle(job.id)} onAct={(what) => onAct(what, job)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface JobRowProps {
  job: Job;
  isMarked: boolean;
  onMark: () => void;
  onAct: (what: "retry" | "cancel") => void;
}

function JobRow({ job, isMarked, onMark, onAct }: JobRowProps) {
  const w = words.value.operators;
  return (
    <tr data-job={job.id}>
      <td>{(canRetry(job) || canCancel(job)) && <input type="checkbox" aria-label={w.select(job.id)} checked={isMarked} onChange={onMark} />}</td>
      <td>
        {w.kind[job.kind] ?? job.kind} <span class="muted small">#{job.id}</span>
        <br />
        <span class="muted small">{job.document_id ? w.document(job.document_id) : w.project(job.project_id)}</span>
      </td>
      <td>
        <span class={`badge ${job.state}`}>{w.states[job.state] ?? job.state}</span>
      </td>
      <td>
        {job.attempt}
        {job.outages > 0 && <span class="muted small"> · {w.outages(job.outages)}</span>}
      </td>
      <td>
        <Ago moment={job.created_at} />
      </td>
      <td>
        {job.finished_at ? <Ago moment={job.finished_at} /> : "–"}
        {job.lease_until && job.state === "running" && (
          <span class="muted small">
            <br />
            {job.worker}
          </span>
        )}
      </td>
      <td class="job-error">
        {job.error_code && <code>{job.error_code}</code>} <span class="small">{job.error_message}</span>
      </td>
      <td>
        {canRetry(job) && (
          <Button look="quiet" icon="turn" onClick={() => onAct("retry")}>
            {w.retry}
          </Button>
        )}
        {canCancel(job) && (
          <Button look="quiet" icon="stop" onClick={() => onAct("cancel")}>
            {w.cancel}
          </Button>
        )}
      </td>
    </tr>
  );
}
