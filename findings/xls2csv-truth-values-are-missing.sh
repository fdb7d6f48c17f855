#!/usr/bin/env bash
# xls2csv (of catdoc) reads an old workbook (.xls) with a column of truth values, as check lists have it, between two others,
#   and at the end of a row.
# Expected: TRUE and FALSE, or 1 and 0.
# Happens: nothing: the cell is empty, and where it is the last one of its row the comma goes as well: "Gate"; rows have three
#   columns or one.
# Matters: what was checked and what was not look alike, and readers of the table find rows of different lengths.
# Source: [MS-XLS] 2.4.24 (BoolErr); RFC 4180 (each line has the same number of fields); calamine and SheetJS read them; what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_debian "catdoc=1:0.95-6*"
with_python xlwt==1.3.0 python-calamine==0.9.1
printf 'charset_path=%s\nmap_path=%s\n' "$work/debian/usr/share/catdoc" "$work/debian/usr/share/catdoc" > .catdocrc
cat > look.py <<'PY'
import subprocess
import python_calamine, xlwt

book = xlwt.Workbook()
sheet = book.add_sheet("Checks")
for number, row in enumerate([("Pier", True, "Anna"), ("Shed", False, "Bob"), ("Gate", True)]):
    for column, value in enumerate(row):
        sheet.write(number, column, value)
book.save("checks.xls")
print(python_calamine.CalamineWorkbook.from_path("checks.xls").get_sheet_by_index(0).to_python())
text = subprocess.run(["xls2csv", "checks.xls"], capture_output=True, check=True, text=True).stdout
print(text)
assert text.split("\n")[:3] == ['"Pier",,"Anna"', '"Shed",,"Bob"', '"Gate"'], "truth values are read now"
PY
HOME=$work python look.py
