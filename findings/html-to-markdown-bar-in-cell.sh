#!/usr/bin/env bash
# html2text and markdownify turn an HTML table into a Markdown table.
# Expected: a "|" in a cell is escaped: otherwise it begins another cell.
# Happens: both leave it as it is: the row has one cell more than the header, and what follows stands below the wrong
#   heading.
# Matters: tables of commands, regular expressions and units ("kg|lb") are read with shifted values.
# Source: GitHub Flavored Markdown 0.29, 4.10 (tables); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15 markdownify==1.2.3
cat > look.py <<'PY'
import html2text
import markdownify

page = "<table><tr><th>unit</th><th>price</th></tr><tr><td>kg|lb</td><td>950</td></tr></table>"
for name, text in (("html2text", html2text.html2text(page)), ("markdownify", markdownify.markdownify(page))):
    row = [line for line in text.splitlines() if "950" in line][0]
    print(name, repr(row))
    assert "kg|lb" in row, f"{name} escapes the bar now"
PY
python look.py
