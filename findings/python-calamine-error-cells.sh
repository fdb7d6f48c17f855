#!/usr/bin/env bash
# python-calamine reads a cell that holds an error of its formula.
# Expected: the error as it is shown, "#N/A", as openpyxl gives it.
# Happens: an empty text, the same as for an empty cell.
# Matters: a total that could not be computed looks like one that was not filled in.
# Source: ECMA-376 part 1, 18.18.11 (ST_CellType, "e"); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-calamine==0.9.1 openpyxl==3.1.5
cat > look.py <<'PY'
import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active.append(["Total", "#N/A", None, 5])
book.save("t.xlsx")
theirs = CalamineWorkbook.from_path("t.xlsx").get_sheet_by_index(0).to_python()[0]
other = [cell.value for cell in openpyxl.load_workbook("t.xlsx", data_only=True).active[1]]
print("python-calamine", theirs, "openpyxl", other)
assert other == ["Total", "#N/A", None, 5], other
assert theirs == ["Total", "", "", 5.0], "errors are told now"
PY
python look.py
