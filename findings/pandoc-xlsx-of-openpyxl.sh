#!/usr/bin/env bash
# pandoc reads an .xlsx file that openpyxl wrote.
# Expected: its table, as for the same sheet from XlsxWriter: Excel, LibreOffice and pandas open both.
# Happens: "Entry not found: xl//xl/worksheets/sheet1.xml": openpyxl names a sheet by its place in the package
#   ("/xl/worksheets/sheet1.xml"), and pandoc takes that for a place beside the workbook.
# Matters: openpyxl, and pandas with it, writes most of the workbooks that programs make; none of them can be converted.
# Source: ECMA-376 part 2, 6.5.3 and 6.4 (a target that begins with "/" counts from the package's root; RFC 3986, 4.2); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 openpyxl==3.1.5 XlsxWriter==3.3.1
cat > look.py <<'PY'
import openpyxl
import pypandoc
import xlsxwriter

with xlsxwriter.Workbook("other.xlsx") as book:
    book.add_worksheet().write(0, 0, "North pier")
book = openpyxl.Workbook()
book.active["A1"] = "North pier"
book.save("t.xlsx")

other = pypandoc.convert_file("other.xlsx", "gfm")
try:
    seen = pypandoc.convert_file("t.xlsx", "gfm")
except RuntimeError as error:
    seen = str(error).strip()
print("pandoc", pypandoc.get_pandoc_version(), repr(other), seen)
assert "North pier" in other
assert openpyxl.load_workbook("t.xlsx").active["A1"].value == "North pier"
assert "Entry not found: xl//xl/worksheets/sheet1.xml" in seen, "openpyxl's files are read now"
PY
python look.py
