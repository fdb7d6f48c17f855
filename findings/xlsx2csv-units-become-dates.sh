#!/usr/bin/env bash
# xlsx2csv turns cells into text whose number format names a unit in quotes, such as 0 "days".
# Expected: "5" or "5 days": what stands in quotes is text, and the cell is a number, as it is with 0.0 "kg".
# Happens: the d, m, y, h and s of the quoted word are taken for parts of a date, and the number is put in as a day: 5
#   becomes 0 "04ays", where the 5 is gone; 19.5 with 0.0 "m" becomes 0.0 "01".
# Matters: quantities with units (days, hours, metres, Mio.) are lost, and what stands there instead has digits, too.
# Source: ECMA-376 part 1, 18.8.31 (numFmts: text in quotation marks); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python xlsx2csv==0.8.6 openpyxl==3.1.5
cat > look.py <<'PY'
import csv
import io

import openpyxl
from xlsx2csv import Xlsx2csv

CELLS = [(5, '0 "days"'), (19.5, '0.0 "m"'), (1234567, '0.0,,"M"'), (12.5, '0.0 "kg"'), (7, "0")]
book = openpyxl.Workbook()
for row, (value, shape) in enumerate(CELLS, 1):
    book.active.cell(row, 1, value).number_format = shape
book.save("units.xlsx")

shown = io.StringIO()
Xlsx2csv("units.xlsx").convert(shown)
got = [line[0] for line in csv.reader(io.StringIO(shown.getvalue()))]
for (value, shape), text in zip(CELLS, got):
    print(f"{value:>9} as {shape:<10} -> {text}")
assert float(got[3]) == 12.5 and got[4] == "7", got
assert got[:3] == ['0 "04ays"', '0.0 "01"', '0.0,,"02"'], "the number is kept now"
PY
python look.py
