#!/usr/bin/env bash
# Bottleneck runs one job at a time (maxConcurrent: 1), and each has 20 milliseconds (expiration: 20); three of them take longer.
# Expected: never two at once: the next one waits until the late one is done, or the late one is told to stop.
# Happens: the late job is reported as failed, runs on, and frees its place: three run side by side.
# Matters: the limit is there for a service or a file that bears one writer; when it is slow, more and more calls meet on it, and a call
#   that is repeated after the failure runs beside itself.
# Source: Bottleneck's README (maxConcurrent: how many jobs can be executing at the same time; expiration: how long a job may run before it
#   fails); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node bottleneck@2.19.5
cat > look.mjs <<'JS'
import assert from "node:assert";
import { setTimeout as wait } from "node:timers/promises";
import Bottleneck from "bottleneck";

const look = async (options) => {
  const limiter = new Bottleneck({ maxConcurrent: 1 });
  let [running, most] = [0, 0];
  const job = async () => {
    most = Math.max(most, ++running);
    await wait(1500);
    running--;
  };
  const results = await Promise.allSettled([1, 2, 3].map(() => limiter.schedule(options, job)));
  await wait(1600);
  return [most, ...results.map(({ status }) => status)];
};
const seen = [await look({}), await look({ expiration: 20 })];
console.log(seen);
assert.deepEqual(seen[0], [1, "fulfilled", "fulfilled", "fulfilled"]);
assert.deepEqual(seen[1], [3, "rejected", "rejected", "rejected"], "late jobs keep their place now");
JS
node look.mjs
