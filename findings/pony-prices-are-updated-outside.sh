#!/usr/bin/env bash
# Pony ORM stores a price with three decimals in a field of two, Optional(Decimal, 10, 2): 19.995, a computed price; the same session then
#   lists the items.
# Expected: an error at once, or the rounded price, 20.00, as after a new session.
# Happens: it is stored as 20.00, the object keeps 19.995, and the list raises UnrepeatableReadError: "updated outside of current
#   transaction", although nothing else uses the database.
# Matters: requests fail where an item is listed and not where its price was set, and the message sends the search to other processes.
# Source: Pony's documentation of Decimal (scale) and of UnrepeatableReadError; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pony==0.7.20
cat > look.py <<'PY'
from decimal import Decimal

from pony.orm import Database, Required, UnrepeatableReadError, db_session, flush, select

db = Database("sqlite", ":memory:")


class Item(db.Entity):
    price = Required(Decimal, 10, 2)


db.generate_mapping(create_tables=True)


def list_after(price):
    with db_session:
        item = Item(price=price)
        flush()
        try:
            return [str(found.price) for found in select(i for i in Item if i.id == item.id)]
        except UnrepeatableReadError as error:
            return str(error)


seen = [list_after(Decimal(price)) for price in ("19.99", "19.995")]
with db_session:
    later = [str(item.price) for item in Item.select()]
print(seen, later)
assert seen[0] == ["19.99"] and later == ["19.99", "20.00"]
assert "updated outside of current transaction (was: Decimal('19.995'), now: Decimal('20.00'))" in seen[1], "the price is rounded at once now"
PY
python look.py
