#!/usr/bin/env bash
# Pony ORM takes another value where one is missing, as Python does: select((i.id, i.n or 9) for i in Item).
# Expected: the number, and 9 where there is none, as the same generator gives in Python; or an error that "or" is for conditions only.
# Happens: True for each row: "or" becomes SQL's OR, and the numbers are gone. coalesce(i.n, 9) gives the numbers.
# Matters: quantities and prices in reports become True, which Python adds up as 1.
# Source: Pony's documentation (queries are generators of Python; coalesce); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pony==0.7.20
cat > look.py <<'PY'
from pony.orm import Database, Optional, coalesce, db_session, select

db = Database("sqlite", ":memory:")


class Item(db.Entity):
    n = Optional(int)


db.generate_mapping(create_tables=True)
with db_session:
    for n in (4, None, 7):
        Item(n=n)
    right = sorted(select((i.id, coalesce(i.n, 9)) for i in Item))
    seen = sorted(select((i.id, i.n or 9) for i in Item))
print(seen, right, sum(value for _, value in seen))
assert right == [(1, 4), (2, 9), (3, 7)]
assert [(row, repr(value)) for row, value in seen] == [(1, "True"), (2, "True"), (3, "True")], "the numbers are given now"
PY
python look.py
