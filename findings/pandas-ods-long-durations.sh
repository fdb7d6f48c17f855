#!/usr/bin/env bash
# pandas.read_excel reads an OpenDocument sheet with a cell of 36 hours, as time sheets have.
# Expected: a duration (36 hours), or at least its text "36:00", as for the same cell in an .xlsx, which becomes a timedelta.
# Happens: the cell counts as a time of day, and the whole file is refused: "hour must be in 0..23: 36:00".
# Matters: one sum of hours over a day makes every cell of the file unreadable; sums below 24 hours hide it in tests.
# Source: OpenDocument 1.3 part 3, 19.387 (office:time-value is a duration, PT36H00M00S); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pandas==3.1.1 odfpy==1.4.1
cat > look.py <<'PY'
import datetime

import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def write(name, hours):
    file = OpenDocumentSpreadsheet()
    sheet, row = Table(name="hours"), TableRow()
    cell = TableCell(valuetype="time", timevalue=f"PT{hours:02}H00M00S")
    cell.addElement(P(text=f"{hours:02}:00"))
    row.addElement(cell)
    sheet.addElement(row)
    file.spreadsheet.addElement(sheet)
    file.save(name)
    return name


short = pandas.read_excel(write("short.ods", 8), header=None, engine="odf").values.tolist()
print("8 hours ->", short)
assert short == [[datetime.time(8, 0)]], short
try:
    long = pandas.read_excel(write("long.ods", 36), header=None, engine="odf").values.tolist()
except ValueError as error:
    print("36 hours ->", type(error).__name__, error)
    assert "hour must be in 0..23" in str(error), error
else:
    raise AssertionError(f"it is read now: {long}")
PY
python look.py
