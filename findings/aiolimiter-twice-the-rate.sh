#!/usr/bin/env bash
# aiolimiter keeps requests to a service below its limit: AsyncLimiter(5, 1), "five in any second".
# Expected: no second, wherever it begins, has more than five.
# Happens: nine or ten: five at once fill the bucket, and while it leaks, one more is let in every 0.2 seconds.
# Matters: services that count in a sliding window (most of those of models) answer 429 to a client that keeps to their
#   limit; with 60 in a minute it is up to 120 in the first one. Half the capacity, or AsyncLimiter(1, 0.2), keeps it.
# Source: aiolimiter's documentation (max_rate: the most acquisitions in time_period before blocking); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python aiolimiter==1.3.0
cat > look.py <<'PY'
import asyncio
import time

from aiolimiter import AsyncLimiter


async def busiest(limiter):
    times = []
    for _ in range(11):
        async with limiter:
            times.append(time.monotonic())
    return max(sum(begin <= other < begin + 0.99 for other in times) for begin in times)


async def look():
    return await busiest(AsyncLimiter(5, 1)), await busiest(AsyncLimiter(1, 0.2))


bucket, spread = asyncio.run(look())
print("in the busiest second:", bucket, "one by one:", spread)
assert spread <= 5, spread
assert bucket > 7, "the limit holds for every second now"
PY
python look.py
