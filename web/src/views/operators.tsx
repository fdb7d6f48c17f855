/** For whoever runs the server: the queue, the workers, what failed and why, and whether the stores agree. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api, ok } from "../api/client";
import * as format from "../lib/format";
import { meaning, tell, trying } from "../state/notices";
import * as operations from "../state/operations";
import { session, user } from "../state/session";
import { language, words } from "../state/settings";
import { Accounts } from "./accounts";
import { Icon } from "./icons";
import { Jobs } from "./jobs";
import { Ago, Bar, Button, Empty, Heading, Link, Spinner } from "./parts";

export function Operators() {
  const w = words.value.operators;
  const isAdmin = user.value?.role === "admin";
  useEffect(() => (isAdmin ? operations.watch() : undefined), [isAdmin]);
  if (!isAdmin) {
    return (
      <section class="view">
        <Empty icon="lock" title={w.only} />
      </section>
    );
  }
  const seen = operations.overview.value;
  return (
    <section class="view operators-view">
      <Heading>{w.title}</Heading>
      <p class="hint">{w.text}</p>
      {operations.away.value != null && (
        <p class="note failed" role="alert">
          {meaning(operations.away.value)}
        </p>
      )}
      {seen ? (
        <>
          <Numbers seen={seen} />
          <Throughput minutes={seen.read_per_minute} last={seen.last_read_at ?? null} />
          <div class="columns">
            <Workers seen={seen} />
            <Reasons reasons={seen.failures} />
          </div>
        </>
      ) : (
        <Spinner />
      )}
      <Jobs />
      <div class="columns">
        <Consistency />
        <Health />
      </div>
      {session.value.is === "in" && session.value.accounts && <Accounts />}
    </section>
  );
}

const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

function Numbers({ seen }: { seen: operations.Overview }) {
  const w = words.value.operators;
  const whole = (count: number) => format.whole(count, language.value);
  const failed = sum(seen.failures.map((one) => one.count));
  const numbers: { name: string; value: preact.ComponentChildren; bad?: boolean }[] = [
    { name: w.depth, value: whole(seen.queued) },
    { name: w.oldest, value: seen.oldest_queued_at ? <Ago moment={seen.oldest_queued_at} /> : w.nothing },
    { name: w.running, value: whole(seen.running) },
    { name: w.throughput, value: whole(sum(seen.read_per_minute)) },
    { name: w.failed, value: whole(failed), bad: failed > 0 },
  ];
  return (
    <dl class="numbers">
      {numbers.map(({ name, value, bad }) => (
        <div key={name} class={bad ? "bad" : ""}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** One bar for each of the last 60 minutes. */
function Throughput({ minutes, last }: { minutes: number[]; last: string | null }) {
  const w = words.value.operators;
  const most = Math.max(1, ...minutes);
  const width = 600 / minutes.length;
  return (
    <figure class="throughput">
      <svg viewBox="0 0 600 60" preserveAspectRatio="none" role="img" aria-label={w.perMinute(sum(minutes), most)}>
        {minutes.map((count, n) => {
          const height = count === 0 ? 1 : Math.max(3, (count / most) * 60);
          // biome-ignore lint/suspicious/noArrayIndexKey: a minute is its place
          return <rect key={n} x={n * width} y={60 - height} width={width - 1.5} height={height} class={count === 0 ? "none" : ""} />;
        })}
      </svg>
      <figcaption class="muted small">
        {w.minutes} · {w.most(most)}
        {last && (
          <>
            {" "}
            · {w.lastRead} <Ago moment={last} />
          </>
        )}
      </figcaption>
    </figure>
  );
}

interface Process {
  name: string;
  queues: string[];
  seen: string;
}

/** Each process has a worker for each queue. */
function processes(workers: operations.Worker[]): Process[] {
  const found = new Map<string, Process>();
  for (const { process: name, queue, last_seen_at: seen } of workers) {
    const known = found.get(name) ?? { name, queues: [], seen };
    if (!known.queues.includes(queue)) known.queues.push(queue);
    if (seen > known.seen) known.seen = seen;
    found.set(name, known);
  }
  return [...found.values()];
}

function Workers({ seen }: { seen: operations.Overview }) {
  const w = words.value.operators;
  const list = processes(operations.workers.value);
  const busy = (process: Process) => seen.under_way.filter((job) => job.worker === process.name);
  return (
    <section aria-labelledby="workers">
      <h2 id="workers">{w.workers}</h2>
      {list.length === 0 && <p class="note failed">{w.noWorkers}</p>}
      <ul class="workers">
        {list.map((process) => (
          <li key={process.name}>
            <span class="worker-name cut" title={process.name}>
              {process.name}
            </span>
            <span class="muted small">
              {process.queues.map((queue) => w.queues[queue] ?? queue).join(", ")} · <Ago moment={process.seen} />
            </span>
            {busy(process).length === 0 ? (
              <span class="muted">{w.idle}</span>
            ) : (
              <ul class="doing">
                {busy(process).map((job) => (
                  <Doing key={job.id} job={job} />
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What a worker is at, and how far it is. */
function Doing({ job }: { job: operations.UnderWay }) {
  const w = words.value.operators;
  const d = words.value.documents;
  const name = job.document_id ? w.document(job.document_id) : w.project(job.project_id);
  const facts = [
    job.stage === "extracting" && job.pages_total ? d.pagesDone(job.pages_done ?? 0, job.pages_total) : null,
    job.stage !== "extracting" && job.chunks_total ? d.chunksDone(job.chunks_done ?? 0, job.chunks_total) : null,
    job.attempt > 1 ? `${w.attempt} ${job.attempt}` : null,
  ];
  return (
    <li>
      <span>
        {job.document_id ? <Link to={{ view: "document", project: job.project_id, document: job.document_id }}>{name}</Link> : name}
        {job.stage && <span class="muted small"> {d.stage[job.stage] ?? job.stage}</span>}
      </span>
      {job.progress != null && <Bar share={job.progress / 100} label={d.progress(name)} />}
      <span class="muted small">
        {facts.filter(Boolean).join(" · ")} {job.started_at && <Ago moment={job.started_at} />}
      </span>
    </li>
  );
}

function Reasons({ reasons }: { reasons: operations.Reason[] }) {
  const w = words.value.operators;
  const [busy, setBusy] = useState("");
  const most = reasons[0]?.count ?? 1;
  const retry = async (code: string) => {
    setBusy(code);
    const outcome = await trying(operations.retryAll(code));
    if (outcome) tell(outcome.refused > 0 ? "error" : "done", w.some(outcome.done, outcome.refused));
    setBusy("");
  };
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons">{w.reasons}</h2>
      {reasons.length === 0 && <p class="hint">{w.noFailures}</p>}
      <ul class="reasons">
        {reasons.map(({ error_code: code, count, latest_at }) => (
          <li key={code}>
            <a href={`/docs/errors#${code}`} target="_blank" rel="noopener">
              {code}
            </a>
            <Bar tone="bad" share={count / most} label={code} />
            <span>
              {count} {latest_at && <span class="muted small">· <Ago moment={latest_at} /></span>}
            </span>
            <Button look="quiet" icon="turn" disabled={busy !== ""} onClick={() => void retry(code)}>
              {w.retryAll}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Consistency() {
  const w = words.value.operators;
  const [found, setFound] = useState<Schemas["Check"] | null>(null);
  const [busy, setBusy] = useState(false);
  const run = async (repair: boolean) => {
    setBusy(true);
    const answer = await trying(ok(repair ? api.POST("/api/maintenance/check", { body: { repair: true } }) : api.GET("/api/maintenance/check")));
    if (answer) setFound(answer);
    setBusy(false);
  };
  const open = found?.mismatches.filter((one) => !one.repaired) ?? [];
  return (
    <section aria-labelledby="check">
      <h2 id="check">{w.check}</h2>
      <p class="hint">{w.checkText}</p>
      <div class="row">
        <Button disabled={busy} onClick={() => void run(false)}>
          {w.run}
        </Button>
        {open.length > 0 && (
          <Button look="main" disabled={busy} onClick={() => void run(true)}>
            {w.repair}
          </Button>
        )}
      </div>
      <div role="status">
        {found && (
          <>
            <p>
              {w.checked(found.generations, found.chunks)} {found.repaired > 0 && w.repaired(found.repaired)}
            </p>
            {open.length === 0 && (
              <p>
                <Icon name="check" size={15} /> {w.fine}
              </p>
            )}
            {open.length > 0 && <Mismatches list={open} />}
          </>
        )}
      </div>
    </section>
  );
}

/** More lines than that tell nobody more. */
const LINES = 30;

function Mismatches({ list }: { list: Schemas["Check"]["mismatches"] }) {
  const w = words.value.operators;
  return (
    <ul class="note">
      {list.slice(0, LINES).map((one, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is drawn once
        <li key={n}>
          {[w.mismatch[one.kind] ?? one.kind, one.document_id ? w.document(one.document_id) : null, one.detail].filter(Boolean).join(" · ")}
        </li>
      ))}
      {list.length > LINES && <li>{w.moreMismatches(list.length - LINES)}</li>}
    </ul>
  );
}

function Health() {
  const w = words.value.operators;
  const [found, setFound] = useState<Schemas["Readiness"] | null>(null);
  useEffect(() => {
    const look = () =>
      void api.GET("/readyz").then(
        ({ data, error }) => setFound((data ?? error ?? null) as Schemas["Readiness"] | null),
        () => setFound(null),
      );
    look();
    const again = setInterval(look, 10_000);
    return () => clearInterval(again);
  }, []);
  if (!found?.dependencies) return null;
  return (
    <section aria-labelledby="health">
      <h2 id="health">{w.health}</h2>
      <ul class="workers">
        {found.dependencies.map((one) => (
          <li key={one.name}>
            <span class={one.ok ? "badge completed" : "badge failed"}>{one.ok ? w.ok : w.notOk}</span>
            <span>{w.dependency[one.name] ?? one.name}</span>
            <span class="muted small">{one.message}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
