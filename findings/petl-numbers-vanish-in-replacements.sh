#!/usr/bin/env bash
# petl replaces something in a column that has texts and numbers: sub(table, "price", ",", "") for "1,200.5" and 1200.5.
# Expected: the number stays as it is, or an error; convert with a dictionary leaves alone what it does not know.
# Happens: the number becomes None, and no error is raised; so with convert(table, "price", "replace", ",", ""). The setting failonerror
#   is off.
# Matters: a column of a workbook has numbers and a few texts, and the line that cleans the texts deletes all the numbers; None is
#   then left out of sums.
# Source: petl's documentation of sub (as re.sub) and of config.failonerror (off: the value is None); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python petl==1.7.30
cat > look.py <<'PY'
import petl

TABLE = [["price"], [1200.5], [40], ["1,200.5"]]
values = lambda table: [row[0] for row in table][1:]
mapped = values(petl.convert(TABLE, "price", {"n/a": None}))
seen = [values(petl.sub(TABLE, "price", ",", "")), values(petl.convert(TABLE, "price", "replace", ",", ""))]
print(mapped, seen)
assert mapped == [1200.5, 40, "1,200.5"]
assert seen == [[None, None, "1200.5"]] * 2, "numbers stay now"
PY
python look.py
