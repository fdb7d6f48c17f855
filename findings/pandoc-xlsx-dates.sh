#!/usr/bin/env bash
# pandoc, which has .xlsx among its input formats now, turns a sheet with a date, a share and a truth value into Markdown.
# Expected: what the sheet shows: 2023-03-15, 25% and TRUE.
# Happens: number formats are not looked at: 45000.0, 0.25 and 1.0; whole numbers get ".0", and from ten millions on numbers
#   are written as 1.2345678e7.
# Matters: due dates, rates and counts of a converted sheet are numbers of another kind; no reader, man or model, can tell
#   that 45000.0 is a day.
# Source: ECMA-376 part 1, 18.8.30 (numFmt says how a number is shown); pandoc's manual (xlsx is an input format); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 XlsxWriter==3.3.1
cat > look.py <<'PY'
import datetime

import pypandoc
import xlsxwriter

with xlsxwriter.Workbook("t.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Due", "Share", "Paid", "Count", "Sum"])
    sheet.write_datetime(1, 0, datetime.date(2023, 3, 15), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write(1, 1, 0.25, book.add_format({"num_format": "0%"}))
    sheet.write_boolean(1, 2, True)
    sheet.write(1, 3, 7)
    sheet.write(1, 4, 12345678)

row = pypandoc.convert_file("t.xlsx", "gfm").strip().split("\n")[-1]
cells = [cell.strip() for cell in row.strip("|").split("|")]
print("pandoc", pypandoc.get_pandoc_version(), cells)
assert cells == ["45000.0", "0.25", "1.0", "7.0", "1.2345678e7"], "formats count now"
PY
python look.py
