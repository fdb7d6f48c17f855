#!/usr/bin/env bash
# Pony ORM turns a generator of Python into SQL for SQLite: select((i.n / 2, i.n // 2, i.n % 3) for i in Item), with n 1 and -7.
# Expected: the values of Python, as everything else in the generator has its meaning there: 0.5, 0, 1 and -3.5, -4, 2; or an error.
# Happens: 0, 0, 1 and -3, -3, -1: a quotient of whole numbers loses its fraction, // cuts towards nought, and the remainder is negative.
# Matters: means, shares and prices for half a dozen are cut, and weekdays and shards counted by remainders are negative; the same
#   expression in Python gives other results.
# Source: Pony's documentation (queries are generators of Python); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pony==0.7.20
cat > look.py <<'PY'
from pony.orm import Database, Required, db_session, select

db = Database("sqlite", ":memory:")


class Item(db.Entity):
    n = Required(int)


db.generate_mapping(create_tables=True)
with db_session:
    for n in (1, -7):
        Item(n=n)
    seen = sorted(select((i.n, i.n / 2, i.n // 2, i.n % 3) for i in Item))
here = [(n, n / 2, n // 2, n % 3) for n in (-7, 1)]
print(seen, here)
assert here == [(-7, -3.5, -4, 2), (1, 0.5, 0, 1)]
assert seen == [(-7, -3, -3, -1), (1, 0, 0, 1)], "the values are those of Python now"
PY
python look.py
