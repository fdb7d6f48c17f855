#!/usr/bin/env bash
# pandas.read_excel, and markitdown with it, reads a column of an .xlsx whose cells are stored as text: "00742", "00743".
# Expected: text: a workbook, unlike a CSV file, says of each cell whether it is a number, and openpyxl gives it so.
# Happens: cells that look like numbers become numbers, and with an empty cell among them fractions: 742.0. markitdown writes
#   "| 742.0 | 1.0 | NaN |" for an order number, a TRUE and an empty cell.
# Matters: people store postcodes, account and part numbers as text so that this does not happen; none of them is found.
# Source: ECMA-376 part 1, 18.18.11 (ST_CellType: s is a string); pandas' documentation of read_excel (dtype); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python pandas==3.1.1 openpyxl==3.1.5 markitdown[xlsx]==0.1.9
cat > look.py <<'PY'
import openpyxl
import pandas
from markitdown import MarkItDown

book = openpyxl.Workbook()
for row in (["Order", "Paid", "Note"], ["00742", True, None], [None, None, "x"], ["00743", False, None]):
    book.active.append(row)
book.save("t.xlsx")

stored = openpyxl.load_workbook("t.xlsx").active["A2"]
frame = pandas.read_excel("t.xlsx")
line = MarkItDown().convert("t.xlsx").text_content.split("\n")[3]
print(stored.data_type, stored.value, frame["Order"].tolist(), line)
assert (stored.data_type, stored.value) == ("s", "00742")
assert frame["Order"][0] == 742.0 and frame["Order"].dtype == "float64", "text stays text now"
assert line == "| 742.0 | 1.0 | NaN |", line
PY
python look.py
