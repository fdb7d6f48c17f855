#!/usr/bin/env bash
# prettytable reads a table of a page (from_html_one) with a row of headings, Item, 2023, 2024, and a heading before each row
#   (<th scope="row">): Rent 910, 950; Fee 20, 25.
# Expected: the names of the columns, and two rows.
# Happens: the columns are called Fee, 20 and 25, the last row, and there are no rows: each row with a <th> is taken for the
#   head, which is the last one then.
# Matters: tables of statistics and of accessible pages are made so; of a whole table one row is left, in the wrong place.
# Source: HTML's standard, 4.9.10 (th with scope="row" heads its row); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python prettytable==3.18.0
cat > look.py <<'PY'
from prettytable import from_html_one

HEAD = "<thead><tr><th>Item</th><th>2023</th><th>2024</th></tr></thead>"
ROWS = (("Rent", 910, 950), ("Fee", 20, 25))


def read(tag):
    rows = "".join(f"<tr><{tag}>{name}</{tag}><td>{old}</td><td>{new}</td></tr>" for name, old, new in ROWS)
    table = from_html_one(f"<table>{HEAD}<tbody>{rows}</tbody></table>")
    return table.field_names, table.rows


print(read("td"), read("th"))
assert read("td") == (["Item", "2023", "2024"], [["Rent", "910", "950"], ["Fee", "20", "25"]])
assert read("th") == (["Fee", "20", "25"], []), "rows are read now"
PY
python look.py
