#!/usr/bin/env bash
# cashews keeps results of an async function (@cache): documents(None) for all owners, then documents("") for those that have none; and
#   documents(["1", "2"]), then documents("1:2").
# Expected: four results: the arguments differ.
# Happens: two: None is written as nothing into the key, and the parts of a list are joined by colons. true and "true" are one too.
# Matters: what is asked for a list of names or for nothing is answered with what was found for another question, now and then.
# Source: cashews' README (the key is made of the function's arguments); Python's own functools.cache; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python cashews==7.6.0
cat > look.py <<'PY'
import asyncio

from cashews import cache

cache.setup("mem://")


@cache(ttl="1h")
async def documents(owner):
    return f"documents of {owner!r}"


async def look():
    return [await documents(owner) for owner in ("Anna", "anna", None, "", ["1", "2"], "1:2", True, "true")]


seen = asyncio.run(look())
print(seen)
assert seen[:2] == ["documents of 'Anna'", "documents of 'anna'"]
assert seen[2:4] == ["documents of None"] * 2, "nothing and empty are kept apart now"
assert seen[4:6] == ["documents of ['1', '2']"] * 2, "lists and texts are kept apart now"
assert seen[6:] == ["documents of True"] * 2, "true and its name are kept apart now"
PY
python look.py
