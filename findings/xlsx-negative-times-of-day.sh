#!/usr/bin/env bash
# python-calamine, pylightxl and xlsx2csv read a time sheet that counts its days from 1904, as one sets it in Excel so that
#   times may be negative: -2:30 in the format h:mm.
# Expected: -2:30, as Excel shows it in such a workbook, or the number of days; with the format [h]:mm python-calamine gives
#   minus two and a half hours.
# Happens: half past nine in the evening: 21:30.
# Matters: hours that are owed become nineteen hours more than there are, in silence; overtime is what 1904 is set for.
# Source: ECMA-376 part 1, 18.17.4.1 (date bases) and 18.2.28 (date1904); Microsoft's support page on negative times; what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-calamine==0.9.1 pylightxl==1.61 xlsx2csv==0.8.6 XlsxWriter==3.3.1
cat > look.py <<'PY'
import io
import pylightxl, python_calamine, xlsxwriter
from xlsx2csv import Xlsx2csv

with xlsxwriter.Workbook("hours.xlsx", {"date_1904": True}) as book:
    sheet = book.add_worksheet("Hours")
    for column, form in enumerate(("[h]:mm", "h:mm")):
        sheet.write_number(0, column, -2.5 / 24, book.add_format({"num_format": form}))
table = io.StringIO()
Xlsx2csv("hours.xlsx").convert(table)
total, hours = python_calamine.CalamineWorkbook.from_path("hours.xlsx").get_sheet_by_index(0).to_python()[0]
seen = [str(hours)[:5], pylightxl.readxl("hours.xlsx").ws("Hours").index(1, 2)[:5], table.getvalue().strip().split(",")[1]]
print(total, seen)
assert total.total_seconds() == -9000
assert seen == ["21:30"] * 3, "negative times are read now"
PY
python look.py
