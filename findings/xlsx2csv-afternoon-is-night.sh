#!/usr/bin/env bash
# xlsx2csv writes times of the afternoon with a date before them: 15 March 2023, 13:30 and 0:30, with formats of Excel's own
#   list (m/d/yy h:mm, number 22) and with yyyy-mm-dd h:mm.
# Expected: 13:30 and 0:30: without AM/PM in the format the hours count to 24, and so it is with h:mm alone.
# Happens: "03/15/23 01:30" and "2023-03-15 01:30", and half past midnight is 12:30: a single h becomes an hour of twelve,
#   without a word for the half of the day. With hh all is right.
# Matters: logs and time tables lose twelve hours of each afternoon; sorted by time, half past one stands before nine.
# Source: ECMA-376 part 1, 18.8.30 and 18.8.31 (numFmts: h is an hour of 12 only with AM/PM); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python xlsx2csv==0.8.6 XlsxWriter==3.3.1
cat > look.py <<'PY'
import io
from datetime import datetime
import xlsxwriter
from xlsx2csv import Xlsx2csv

TIMES = datetime(2023, 3, 15, 9, 30), datetime(2023, 3, 15, 13, 30), datetime(2023, 3, 15, 0, 30)
FORMATS = "m/d/yy h:mm", "yyyy-mm-dd h:mm", "yyyy-mm-dd hh:mm", "h:mm"
with xlsxwriter.Workbook("times.xlsx") as book:
    sheet = book.add_worksheet()
    for row, form in enumerate(FORMATS):
        for column, time in enumerate(TIMES):
            sheet.write_datetime(row, column, time, book.add_format({"num_format": form}))
table = io.StringIO()
Xlsx2csv("times.xlsx").convert(table)
rows = [line.split(",") for line in table.getvalue().splitlines()]
for form, row in zip(FORMATS, rows):
    print(form, row)
assert rows[2] == ["2023-03-15 09:30", "2023-03-15 13:30", "2023-03-15 00:30"]
assert rows[0] == ["03/15/23 09:30", "03/15/23 01:30", "03/15/23 12:30"], "hours count to 24 now"
assert rows[1] == ["2023-03-15 09:30", "2023-03-15 01:30", "2023-03-15 12:30"], "hours count to 24 now"
PY
python look.py
