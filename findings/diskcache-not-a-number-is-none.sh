#!/usr/bin/env bash
# diskcache keeps results of computing, one of which is NaN (not a number), as the mean of nothing or a missing price is.
# Expected: NaN comes back: the cache keeps any value that can be pickled, and infinity and -0.0 come back as they are.
# Happens: None: a float is put in a column of SQLite, which has no NaN and stores NULL. Within a list NaN is kept.
# Matters: None is what get() gives for a key that is not there, so the value is computed again each time, or code that does sums stops
#   at the None; only for the rows that were special anyway.
# Source: diskcache's tutorial (values of any type that can be pickled); SQLite's documentation (NaN becomes NULL); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python diskcache==5.6.3
cat > look.py <<'PY'
import math

import diskcache

cache = diskcache.Cache("cache")
for key, value in {"nan": math.nan, "inf": math.inf, "list": [math.nan]}.items():
    cache[key] = value
seen = cache["nan"], cache["inf"], cache["list"]
print(seen, "nan" in cache)
assert seen[1] == math.inf and math.isnan(seen[2][0])
assert seen[0] is None and "nan" in cache, "NaN is kept now"
PY
python look.py
