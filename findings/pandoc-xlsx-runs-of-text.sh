#!/usr/bin/env bash
# pandoc reads a cell of an .xlsx with formatted parts: "H2O" with a lowered 2, and "Miren" with its last letters in bold.
# Expected: "H2O" and "Miren": the parts of a cell's text follow each other without anything between them.
# Happens: a blank is put between the parts: "H 2 O", "Mir en".
# Matters: words with an index, a raised figure or a letter in colour are torn, so that search does not find them.
# Source: ECMA-376 part 1, 18.4.4 and 18.4.8 (r and si: runs of one text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 XlsxWriter==3.3.1 openpyxl==3.1.5
cat > look.py <<'PY'
import openpyxl
import pypandoc
import xlsxwriter

with xlsxwriter.Workbook("t.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Substance", "Maker"])
    sheet.write_rich_string(1, 0, "H", book.add_format({"font_script": 2}), "2", "O")
    sheet.write_rich_string(1, 1, "Mir", book.add_format({"bold": True}), "en")

stored = [cell.value for cell in openpyxl.load_workbook("t.xlsx").active[2]]
seen = pypandoc.convert_file("t.xlsx", "gfm").strip().split("\n")[-1]
print("pandoc", pypandoc.get_pandoc_version(), seen, "openpyxl", stored)
assert stored == ["H2O", "Miren"]
assert "H 2 O" in seen and "Mir en" in seen, "the parts are one text now"
PY
python look.py
