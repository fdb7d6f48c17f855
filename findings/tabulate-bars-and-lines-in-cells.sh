#!/usr/bin/env bash
# tabulate (Python), and with it to_markdown of pandas, writes a table as Markdown (format pipe or github) in which a cell has
#   a bar, as types and commands do, and another one two lines, as addresses do; markdown-it reads it.
# Expected: \| for the bar and a blank or <br> for the line's end: it is the one format of tabulate in which both mean
#   something.
# Happens: the bar begins a new cell, so that the last cell of its row is dropped; and the second line of the address is a row
#   of its own.
# Matters: values move below other headings, and a row more than there is counts; what models and pages are given is wrong in
#   silence.
# Source: GitHub Flavored Markdown 0.29, 4.10 (cells: bars are escaped, what is too much is ignored); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python tabulate==0.10.0 markdown-it-py==4.3.0
cat > look.py <<'PY'
import re
import tabulate
from markdown_it import MarkdownIt

ROWS = [("str | None", "Rent", "Fee"), ("Elm Street 4\nOslo", "950", "20")]
markdown = tabulate.tabulate(ROWS, ["Name", "Rent", "Fee"], tablefmt="pipe")
page = MarkdownIt("commonmark").enable("table").render(markdown)
rows = [re.findall("<t[dh][^>]*>(.*?)</t", row) for row in page.split("<tr>")[1:]]
print(markdown, *rows, sep="\n")
assert rows[1] == ["str", "None", "Rent"], "bars are escaped now"
assert rows[2:] == [["Elm Street 4", "950", "20"], ["Oslo", "", ""]], "lines are kept together now"
PY
python look.py
