#!/usr/bin/env bash
# dataset (PyPI) updates two rows at once (update_many): of the first the rent has changed, of the second the name.
# Expected: just that, as two calls of update() do it, than which update_many is said to be faster.
# Happens: the first row's name and the second row's rent are emptied: columns that only another row of the call has are set to nothing.
# Matters: a list of changes, each with the fields that changed, deletes the fields of its neighbours, without an error.
# Source: dataset's documentation (update_many: significantly faster than updates row by row); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python dataset==2.0.0
cat > look.py <<'PY'
import dataset

changes = [{"id": 1, "rent": 950}, {"id": 2, "name": "Ben"}]


def look(change):
    table = dataset.connect("sqlite:///:memory:")["leases"]
    table.insert_many([{"name": "Anna", "rent": 900}, {"name": "Bob", "rent": 700}])
    change(table)
    return [(row["name"], row["rent"]) for row in table.find(order_by="id")]


one_by_one = look(lambda table: [table.update(change, ["id"]) for change in changes])
at_once = look(lambda table: table.update_many(changes, ["id"]))
print("update:", one_by_one, "update_many:", at_once)
assert one_by_one == [("Anna", 950), ("Ben", 700)]
assert at_once == [(None, 950), ("Ben", None)], "other columns stay now"
PY
python look.py
