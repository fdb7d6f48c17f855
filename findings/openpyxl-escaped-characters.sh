#!/usr/bin/env bash
# openpyxl reads text with characters that XML cannot hold, which Excel writes as _x000D_ (a carriage return).
# Expected: the character, as python-calamine gives it.
# Happens: nothing is undone: _x000D_ stays in the text, and so does _x005F_, by which Excel writes an underscore that
#   would look like such a character.
# Matters: lines that came from a web form or another system into Excel end in "_x000D_" in every search result.
# Source: ECMA-376 part 1, 22.9.2.19 (ST_Xstring); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-calamine==0.9.1 openpyxl==3.1.5
cat > look.py <<'PY'
import zipfile
import openpyxl
from python_calamine import CalamineWorkbook

book = openpyxl.Workbook()
book.active["A1"] = "PLACE"
book.save("made.xlsx")
with zipfile.ZipFile("made.xlsx") as old, zipfile.ZipFile("t.xlsx", "w") as new:
    for name in old.namelist():
        new.writestr(name, old.read(name).replace(b"PLACE", b"first line_x000D_\nsecond, _x005F_x0041_"))
theirs = openpyxl.load_workbook("t.xlsx").active["A1"].value
other = CalamineWorkbook.from_path("t.xlsx").get_sheet_by_index(0).to_python()[0][0]
print("openpyxl", repr(theirs), "python-calamine", repr(other))
assert other == "first line\r\nsecond, _x0041_", other
assert theirs == "first line_x000D_\nsecond, _x005F_x0041_", "the escape is undone now"
PY
python look.py
