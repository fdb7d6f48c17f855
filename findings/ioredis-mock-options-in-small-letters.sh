#!/usr/bin/env bash
# ioredis-mock stands in for Redis in tests; the program sets a key for 100 seconds, and only if it is not there yet, with options in
#   small letters: set("key", "value", "ex", 100), set("key", "other", "nx").
# Expected: ttl 100, and the first value stays: options may be written either way; in capitals the mock does so too.
# Happens: ttl is -1 (for ever), and the second call overwrites the value: options in small letters are passed over without a word.
# Matters: a lock is got by two at once and a session never ends, in tests; or a test passes since nothing ends, and the service fails.
# Source: Redis' own answer to the same calls, shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ioredis-mock@8.13.1 ioredis@5.11.1
with_debian redis-server=5:7.0.15-1~deb12u10 redis-tools=5:7.0.15-1~deb12u10
redis-server --port 0 --unixsocket "$work/redis.sock" --save '' --dir "$work" > redis.log &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
for _ in $(seq 100); do test -S redis.sock && break; sleep 0.1; done
cat > look.mjs <<'JS'
import assert from "node:assert";
import Redis from "ioredis";
import Mock from "ioredis-mock";

const look = async (redis, ex, nx) => {
    await redis.flushall();
    await redis.set("key", "first", ex, 100);
    const time = await redis.ttl("key");
    const seen = [time, await redis.set("key", "second", nx), await redis.get("key")];
    await redis.quit();
    return seen;
};
const seen = [
    await look(new Redis(`${process.cwd()}/redis.sock`), "ex", "nx"),
    await look(new Mock(), "EX", "NX"),
    await look(new Mock(), "ex", "nx"),
];
console.log("Redis", seen[0], "mock, capitals", seen[1], "mock, small", seen[2]);
assert.deepEqual(seen.slice(0, 2), [[100, null, "first"], [100, null, "first"]]);
assert.deepEqual(seen[2], [-1, "OK", "second"], "small letters are read now");
JS
node look.mjs
