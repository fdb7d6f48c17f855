#!/usr/bin/env bash
# html2text turns a table with a caption into Markdown.
# Expected: the caption on a line of its own before the table, as markdownify and turndown have it.
# Happens: it is put into the first cell of the heading, with nothing between: "Rain in 2023Site| Dry".
# Matters: no column is called Site any more, and the last word of the caption is no word; a table of Wikipedia looks like
#   this.
# Source: HTML Standard, 4.9.2 (caption); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15 markdownify==1.2.3
cat > look.py <<'PY'
import html2text, markdownify

HEAD, ROW = "<tr><th>Site</th><th>Dry</th></tr>", "<tr><td>North</td><td>14</td></tr>"
PAGE = f"<table><caption>Rain in 2023</caption>{HEAD}{ROW}</table>"
right, seen = (read(PAGE).strip().splitlines() for read in (markdownify.markdownify, html2text.html2text))
print(right, seen)
assert right[0] == "Rain in 2023" and right[2] == "| Site | Dry |"
assert seen[0].startswith("Rain in 2023Site| Dry"), "the caption stands before the table now"
PY
python look.py
