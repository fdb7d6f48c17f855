#!/usr/bin/env bash
# fakeredis (Python) stands in for Redis in tests: a hash has 1.1 and is raised by 2.2; so 0.1 by 0.2 and 10.50 by
#   0.1 (HINCRBYFLOAT).
# Expected: 3.3, 0.3 and 10.6, as Redis gives them: it adds with more places than a float of Python has.
# Happens: 3.30000000000000027, 0.30000000000000004 and 10.59999999999999964: the floats of Python, with 17 places behind the point.
# Matters: tests of balances, scores and carts fail with a server that works, or are written for figures that it never gives.
# Source: Redis' documentation of HINCRBYFLOAT (its example, 10.50 and 0.1, gives 10.6); Redis 7.0, run below; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_debian "redis-server=5:7.0.15-1~deb12u*" "redis-tools=5:7.0.15-1~deb12u*"
with_python fakeredis==2.41.0 redis==8.1.0
cat > look.py <<'PY'
import fakeredis, pathlib, redis, subprocess, time

server = subprocess.Popen(["redis-server", "--port", "0", "--unixsocket", "socket", "--save", ""], stdout=subprocess.DEVNULL)


def sums(client):
    seen = []
    for before, more in (("10.50", "0.1"), ("1.1", "2.2"), ("0.1", "0.2"), ("4.35", "0.1")):
        client.hset("cart", "sum", before)
        client.hincrbyfloat("cart", "sum", more)
        seen.append(client.hget("cart", "sum").decode())
    return seen


try:
    while not pathlib.Path("socket").exists() and server.poll() is None:
        time.sleep(0.1)
    real = sums(redis.Redis(unix_socket_path="socket"))
finally:
    server.terminate()
    server.wait()
mock = sums(fakeredis.FakeRedis())
print("Redis:", real, "\nfakeredis:", mock)
assert real == ["10.6", "3.3", "0.3", "4.45"]
assert mock == ["10.59999999999999964", "3.30000000000000027", "0.30000000000000004", "4.44999999999999929"], "fakeredis adds as Redis now"
PY
python look.py
