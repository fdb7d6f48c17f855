#!/usr/bin/env bash
# limits (on which Flask-Limiter and slowapi stand) allows ten units a minute; a call of eight is let through, one of five refused, and
#   then come two of one.
# Expected: the last two are let through: two units are left, and what was refused has used none; so it is with its moving window and
#   its sliding window.
# Happens: with the fixed window, the one that is taken unless told otherwise, they are refused for the rest of the minute: the refused
#   call is counted, and 13 are more than ten.
# Matters: one upload or question that is too large for what is left locks its user out; one who tries again and again is told each
#   time that nothing is left.
# Source: limits' documentation (strategies; hit returns whether the limit is kept; cost); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python limits==5.8.0
cat > look.py <<'PY'
from limits import parse, storage, strategies

limit = parse("10/minute")
seen = {}
for strategy in ("FixedWindowRateLimiter", "MovingWindowRateLimiter", "SlidingWindowCounterRateLimiter"):
    limiter = getattr(strategies, strategy)(storage.MemoryStorage())
    calls = [limiter.hit(limit, "anna", cost=cost) for cost in (8, 5, 1, 1)]
    seen[strategy] = calls, limiter.get_window_stats(limit, "anna").remaining
    print(strategy, *seen[strategy])
assert seen["MovingWindowRateLimiter"] == seen["SlidingWindowCounterRateLimiter"] == ([True, False, True, True], 0)
assert seen["FixedWindowRateLimiter"] == ([True, False, False, False], 0), "refused calls are not counted now"
PY
python look.py
