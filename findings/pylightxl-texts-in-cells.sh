#!/usr/bin/env bash
# pylightxl reads a workbook that XlsxWriter wrote row by row (constant_memory), as one does for large lists; the texts then
#   stand in the cells (inlineStr) and not in a list of their own.
# Expected: the same table as from the same program without that setting; openpyxl and python-calamine see no difference.
# Happens: every text is empty, numbers are there: ["", 950].
# Matters: the names of a list are gone and nothing is reported; files of other streaming writers are of the same kind.
# Source: ECMA-376 part 1, 18.18.11 (inlineStr) and 18.3.1.53 (is); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pylightxl==1.61 XlsxWriter==3.3.1 openpyxl==3.1.5
cat > look.py <<'PY'
import openpyxl, pylightxl, xlsxwriter

ROWS = [["Site", "Rent"], ["North", 950], ["South", 700]]


def written(name, **options):
    with xlsxwriter.Workbook(name, options) as book:
        sheet = book.add_worksheet("Rents")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    assert [list(row) for row in openpyxl.load_workbook(name)["Rents"].values] == ROWS
    return list(pylightxl.readxl(name).ws("Rents").rows)


listed, streamed = written("listed.xlsx"), written("streamed.xlsx", constant_memory=True)
print(listed, streamed)
assert listed == ROWS
assert streamed == [["", ""], ["", 950], ["", 700]], "texts in cells are read now"
PY
python look.py
