#!/usr/bin/env bash
# peewee looks whether a query finds anything, query.first(), and then goes through the same query.
# Expected: all rows: first() gives one row of the query, as in Django, and other methods (where, limit) give a new query and leave theirs
#   as it is.
# Happens: one row: first() sets the limit of the query itself, for good. query.get() and query.exists() leave it as it is.
# Matters: lists, exports and sums that are made behind a look at the first row hold that row only, in silence.
# Source: peewee.py (SelectBase.first: self._limit = n); its documentation speaks of a limit, not of later reads; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python peewee==4.5.3
cat > look.py <<'PY'
import peewee

db = peewee.SqliteDatabase(":memory:")


class Item(peewee.Model):
    n = peewee.IntegerField()

    class Meta:
        database = db


db.create_tables([Item])
for n in range(4):
    Item.create(n=n)


def rows_after(look):
    query = Item.select().order_by(Item.n)
    look(query)
    return [item.n for item in query]


seen = [rows_after(look) for look in (lambda query: query.exists(), lambda query: query.get(), lambda query: query.first())]
print(seen)
assert seen[:2] == [[0, 1, 2, 3], [0, 1, 2, 3]]
assert seen[2] == [0], "all rows are read now"
PY
python look.py
