#!/usr/bin/env bash
# html2text turns an HTML table with a line break in a cell into a table of Markdown.
# Expected: the row stays one line, with a blank or <br> in the cell, since Markdown's tables end at a line's end.
# Happens: the break is written as a line end, so the row falls into two: "one" alone, and "two| 3" with the values of both.
# Matters: addresses and names in two lines are common in tables; the first line loses its values, and the row after it begins
#   in the wrong place.
# Source: GitHub Flavored Markdown, 4.10 (a table is broken at the first line that is no row); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15
cat > look.py <<'PY'
import html2text

TABLE = "<table><tr><th>Berth</th><th>Price</th></tr><tr><td>north<br>pier</td><td>12</td></tr></table>"
plain = html2text.html2text(TABLE.replace("<br>", " "))
broken = html2text.html2text(TABLE)
print(broken)
assert "north pier| 12" in plain, plain
lines = [line.strip() for line in broken.splitlines() if line.strip()]
assert lines[-2:] == ["north", "pier| 12"], f"the row is one line now: {lines}"
PY
python look.py
