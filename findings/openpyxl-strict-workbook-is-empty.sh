#!/usr/bin/env bash
# openpyxl opens a workbook that was saved as "Strict Open XML Spreadsheet", one of Excel's own formats, with the same
#   ending.
# Expected: its sheet, as python-calamine reads it, or an error: the names of the elements come from another namespace.
# Happens: a workbook without any sheet: sheetnames is an empty list, and a loop over the sheets does nothing. A warning
#   speaks of an "invalid specification for 0", which nothing in the file is called.
# Matters: a program that indexes all sheets takes the file for an empty one, reports success, and its figures are missing.
# Source: ECMA-376 part 1 (the namespaces under purl.oclc.org of the strict class); ISO/IEC 29500-1, 2.1; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python openpyxl==3.1.5 XlsxWriter==3.3.1 python-calamine==0.9.1
cat > look.py <<'PY'
import zipfile
import openpyxl, python_calamine, xlsxwriter

NAMES = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
}
with xlsxwriter.Workbook("usual.xlsx") as book:
    book.add_worksheet("Fees").write_row(0, 0, ["North pier", 950])
with zipfile.ZipFile("usual.xlsx") as source, zipfile.ZipFile("strict.xlsx", "w") as target:
    for part in source.namelist():
        text = source.read(part)
        for name, strict in NAMES.items():
            text = text.replace(name, strict)
        if part == "xl/workbook.xml":
            text = text.replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
        target.writestr(part, text)
rows = python_calamine.CalamineWorkbook.from_path("strict.xlsx").get_sheet_by_name("Fees").to_python()
names = openpyxl.load_workbook("usual.xlsx").sheetnames, openpyxl.load_workbook("strict.xlsx").sheetnames
print("calamine:", rows, "openpyxl:", names)
assert rows == [["North pier", 950.0]]
assert names == (["Fees"], []), "the sheet is there now"
PY
python look.py
