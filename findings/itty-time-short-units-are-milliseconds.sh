#!/usr/bin/env bash
# itty-time reads times to live: ms("30 min"), seconds("2 hrs"), ms("1 d").
# Expected: what ms (npm), for which it is offered as the smaller one, makes of them; or not a number, as for "1h 30m".
# Happens: 30 milliseconds, 2 milliseconds, one millisecond: a number with any word behind it that is not known counts as
#   milliseconds, "1 fortnight" too. Only second to year in full are units.
# Matters: sessions and caches that were to live half an hour end at once, when the one package takes the place of the other.
# Source: itty-time's README (compares itself to ms, "smaller and faster than ms"); README of ms ("2 days", "1d", "10h", "5m"); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node itty-time@2.0.2 ms@2.1.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import { ms, seconds } from "itty-time";
import other from "ms";

const TIMES = ["30 minutes", "30 min", "2 hrs", "1 d", "10 s"];
const [mine, others] = [TIMES.map((text) => ms(text)), TIMES.map((text) => other(text))];
console.log(mine, others, seconds("2 hrs"), ms("1 fortnight"), ms("1h 30m"));
assert.deepEqual(others, [1800000, 1800000, 7200000, 86400000, 10000]);
assert.equal(mine[0], 1800000);
assert(Number.isNaN(ms("1h 30m")));
assert.deepEqual(mine.slice(1), [30, 2, 1, 10], "short units are known now");
assert.equal(ms("1 fortnight"), 1, "unknown units are refused now");
JS
node look.mjs
