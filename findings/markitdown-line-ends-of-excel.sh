#!/usr/bin/env bash
# markitdown turns a workbook into Markdown in which a cell has two lines (Alt+Enter): an address, a list of names.
# Expected: a blank or <br> between them: the row has to stay one line.
# Happens: a backslash and an n are written: "Elm Street 4\nSpringfield", so that the town is called "nSpringfield".
# Matters: second lines begin with a foreign letter: "\n950" is read as n950, "\nOslo" is found by no query.
# Source: GitHub Flavored Markdown 0.29, 4.10 (cells of tables) and 2.4 (\n is no escape); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python "markitdown[xlsx]==0.1.9" openpyxl==3.1.5
cat > look.py <<'PY'
import openpyxl
from markitdown import MarkItDown

book = openpyxl.Workbook()
for row in (["Site", "Address"], ["North", "Elm Street 4\nSpringfield"]):
    book.active.append(row)
book.save("sites.xlsx")
text = MarkItDown().convert("sites.xlsx").markdown
print(text)
assert r"| North | Elm Street 4\nSpringfield |" in text, "lines are set apart now"
PY
python look.py
