#!/usr/bin/env bash
# aiocache keeps the results of a method (@cached); objects come and go, one for each request and its user.
# Expected: each object has results of its own: the reference says that self is part of the key unless told otherwise, so that calls by
#   different instances have different keys.
# Happens: the second user gets the result of the first: of an object without its own repr() the key has the address in memory, and an
#   object that is made after another one has gone gets the same address.
# Matters: one sees what belongs to others - a profile, a filter of rights, a document - now and then, never in a test with
#   objects that are kept. A repr() that names what differs, or a key_builder, helps.
# Source: aiocache's reference (cached: noself); Python's data model (object.__repr__ has the address) and id(), which may come again;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python aiocache==0.12.3
cat > look.py <<'PY'
import asyncio

from aiocache import cached


class Reader:
    def __init__(self, user):
        self.user = user

    @cached()
    async def documents(self):
        return f"documents of {self.user}"


async def look():
    kept = [Reader("Anna"), Reader("Ben")]
    own = [await reader.documents() for reader in kept]
    one_by_one = [await Reader(user).documents() for user in ("Cy", "Dora", "Eve")]
    return own, one_by_one


own, one_by_one = asyncio.run(look())
print(own, one_by_one)
assert own == ["documents of Anna", "documents of Ben"]
assert len(set(one_by_one)) < 3, "each object has its own results now"
PY
python look.py
