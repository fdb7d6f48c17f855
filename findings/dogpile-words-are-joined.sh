#!/usr/bin/env bash
# dogpile.cache keeps results of a function of two texts (cache_on_arguments): find("red", "wine glass"), then
#   find("red wine", "glass").
# Expected: two results: the arguments differ. functools' and cachetools' caches keep them apart.
# Happens: the second call gets the first one's result: the arguments are joined by blanks to make the key. So are 1 and "1", None and
#   "None", and ("north", "pier") and "north pier" one.
# Matters: a search gets the hits of another one; texts with blanks are what people search for.
# Source: dogpile.cache's documentation of cache_on_arguments (the key is made of the arguments, by str unless told otherwise); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python dogpile.cache==1.5.0
cat > look.py <<'PY'
import functools

from dogpile.cache import make_region

region = make_region().configure("dogpile.cache.memory")


def find(first, second):
    return f"{second!r} in {first!r}"


with_dogpile, plain = region.cache_on_arguments()(find), functools.cache(find)
calls = [("red", "wine glass"), ("red wine", "glass"), (1, None), ("1", "None")]
seen = [with_dogpile(*call) for call in calls]
print(seen, "functools:", [plain(*call) for call in calls])
assert [plain(*call) for call in calls] == [find(*call) for call in calls]
assert seen == ["'wine glass' in 'red'", "'wine glass' in 'red'", "None in 1", "None in 1"], "they are kept apart now"
PY
python look.py
