#!/usr/bin/env bash
# calamine (Rust), and with it python-calamine, opens a workbook of two sheets: an ordinary one with the rent, 950, and a sheet of
#   Excel 4 macros, as old workbooks that were saved anew as .xlsm have them.
# Expected: both names and the rent, as openpyxl gives them; a sheet that is no grid may be empty, as sheets of dialogs and charts
#   are in calamine.
# Happens: an error at once, "Unrecognized sheet:type", and no sheet can be read. The same workbook with a sheet of dialogs opens.
# Matters: forms and price lists of firms are often so old; one hidden sheet makes all their figures unreadable.
# Source: [MS-OFFMACRO2] (a macro sheet is a part of its own in a workbook); calamine's own SheetType, which has
#   MacroSheet; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-calamine==0.9.1 openpyxl==3.1.5
cat > look.py <<'PY'
import zipfile
import openpyxl, python_calamine

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def workbook(path, kind, relation, content_type, body):
    types = "".join(
        f'<Override PartName="/xl/{part}" ContentType="{name}"/>'
        for part, name in (
            ("workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
            ("worksheets/sheet1.xml", f"{KINDS}.worksheet+xml"),
            (f"{kind}s/sheet1.xml", content_type),
        )
    )
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">{{}}</Relationships>'
    one = '<Relationship Id="{}" Type="{}" Target="{}"/>'.format
    sheets = '<sheet name="Rent" sheetId="1" r:id="r1"/><sheet name="Old" sheetId="2" r:id="r2"/>'
    with zipfile.ZipFile(path, "w") as file:
        rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        file.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types">{rels}{types}</Types>')
        file.writestr("_rels/.rels", relations.format(one("r1", f"{OFFICE}/officeDocument", "xl/workbook.xml")))
        file.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>')
        both = one("r1", f"{OFFICE}/worksheet", "worksheets/sheet1.xml") + one("r2", relation, f"{kind}s/sheet1.xml")
        file.writestr("xl/_rels/workbook.xml.rels", relations.format(both))
        cell = '<sheetData><row r="1"><c r="A1"><v>950</v></c></row></sheetData>'
        file.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">{cell}</worksheet>')
        file.writestr(f"xl/{kind}s/sheet1.xml", body)
    return path


MACRO = "http://schemas.microsoft.com/office/excel/2006/main"
macro = workbook(
    "macro.xlsm", "macrosheet", "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet",
    "application/vnd.ms-excel.macrosheet+xml", f'<xm:macrosheet xmlns:xm="{MACRO}" xmlns="{MAIN}"><sheetData/></xm:macrosheet>',
)
dialog = workbook(
    "dialog.xlsm", "dialogsheet", f"{OFFICE}/dialogsheet", f"{KINDS}.dialogsheet+xml", f'<dialogsheet xmlns="{MAIN}"/>'
)
book = openpyxl.load_workbook(macro)
print("openpyxl:", book.sheetnames, book["Rent"]["A1"].value)
assert (book.sheetnames, book["Rent"]["A1"].value) == (["Rent", "Old"], 950)
other = python_calamine.CalamineWorkbook.from_path(dialog)
assert other.get_sheet_by_name("Rent").to_python() == [[950.0]]
try:
    seen = python_calamine.CalamineWorkbook.from_path(macro).sheet_names
except python_calamine.CalamineError as error:
    seen = str(error)
print("calamine:", seen)
assert seen == "Unrecognized sheet:type: xl/macrosheets/sheet1.xml", "the other sheets are read now"
PY
python look.py
