#!/usr/bin/env bash
# markdownify turns an HTML table with a cell over two rows into a table of Markdown.
# Expected: the second row keeps its columns: an empty cell, or the label again, where the first one goes on.
# Happens: the row simply has fewer cells, so its values move one column to the left; colspan is filled up, rowspan is not.
# Matters: "14" stands under "Site" and "15" under "Dry": readers of the Markdown, language models above all, get wrong
#   values with the right look.
# Source: HTML Standard, 4.9.12 (forming a table: a cell occupies a slot in each of its rows); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python markdownify==1.2.3
cat > look.py <<'PY'
from markdownify import markdownify

TABLE = """<table><tr><th>Site</th><th>Dry</th><th>Wet</th></tr>
<tr><td rowspan="2">North</td><td>12</td><td>13</td></tr><tr><td>14</td><td>15</td></tr></table>"""
lines = [line for line in markdownify(TABLE).splitlines() if line]
print("\n".join(lines))
assert lines[0] == "| Site | Dry | Wet |" and lines[2] == "| North | 12 | 13 |", lines
assert lines[3] == "| 14 | 15 |", f"the row keeps its columns now: {lines[3]}"
wide = markdownify("<table><tr><th>Site</th><th colspan=2>Pairs</th></tr><tr><td>North</td><td>1</td><td>2</td></tr></table>")
assert "| Site | Pairs | |" in wide, wide
PY
python look.py
