/** For whoever runs the server: the queue, the workers, what failed and why, and whether the stores agree. */

import { useEffect, useState } from "preact/hooks";
import { type Schemas, api, ok } from "../api/client";
import * as format from "../lib/format";
import { meaning, trying } from "../state/notices";
import * as operations from "../state/operations";
import { session, user } from "../state/session";
import { language, words } from "../state/settings";
import { Accounts } from "./accounts";
import { Icon } from "./icons";
import { Jobs } from "./jobs";
import { Ago, Bar, Button, Empty, Heading, Spinner } from "./parts";

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
          <div class="columns">
            <Workers seen={seen} />
            <Reasons reasons={seen.reasons} />
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

function Numbers({ seen }: { seen: operations.Overview }) {
  const w = words.value.operators;
  const whole = (count: number) => format.whole(count, language.value);
  const numbers: [string, preact.ComponentChildren, boolean][] = [
    [w.depth, whole(seen.queued), false],
    [w.oldest, seen.oldest ? <Ago moment={seen.oldest} /> : w.nothing, false],
    [w.running, whole(seen.running.length), false],
    [w.throughput, `${seen.doneIsMore ? "> " : ""}${whole(seen.doneLastHour)}`, false],
    [w.failed, whole(seen.failed), seen.failed > 0],
  ];
  return (
    <dl class="numbers">
      {numbers.map(([name, value, bad]) => (
        <div key={name} class={bad ? "bad" : ""}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Workers({ seen }: { seen: operations.Overview }) {
  const w = words.value.operators;
  const busy = (name: string) => seen.running.filter((job) => job.worker === name);
  return (
    <section aria-labelledby="workers">
      <h2 id="workers">{w.workers}</h2>
      {seen.workers.length === 0 && <p class="note failed">{w.noWorkers}</p>}
      <ul class="workers">
        {seen.workers.map((worker) => (
          <li key={`${worker.name}/${worker.queue}`}>
            <span class="worker-name cut" title={worker.name}>
              {worker.name}
            </span>
            <span class="muted small">
              {w.kind[worker.queue.replaceAll("-", "_")] ?? worker.queue} · <Ago moment={worker.last_seen_at} />
            </span>
            <span>
              {busy(worker.name).length === 0
                ? w.idle
                : busy(worker.name)
                    .map((job) => `${w.kind[job.kind] ?? job.kind} ${job.document_id ? w.document(job.document_id) : ""}`)
                    .join(", ")}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Reasons({ reasons }: { reasons: [string, number][] }) {
  const w = words.value.operators;
  const most = reasons[0]?.[1] ?? 1;
  return (
    <section aria-labelledby="reasons">
      <h2 id="reasons">{w.reasons}</h2>
      {reasons.length === 0 && <p class="hint">{w.noFailures}</p>}
      <ul class="reasons">
        {reasons.map(([reason, count]) => (
          <li key={reason}>
            <a href={`/docs/errors#${reason}`} target="_blank" rel="noopener">
              {reason}
            </a>
            <Bar tone="bad" share={count / most} label={reason} />
            <span>{count}</span>
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
