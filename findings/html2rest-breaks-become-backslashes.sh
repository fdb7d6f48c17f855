#!/usr/bin/env bash
# python-creole turns a table of a page into reStructuredText (html2rest); a cell has two lines (<br>): a number and a street.
# Expected: two lines in the cell, or a blank between them: cells of reStructuredText hold paragraphs.
# Happens: "4\\Elm Street", the line break of Creole, another markup; docutils shows a backslash: "4\Elm Street".
# Matters: addresses and amounts in cells look like paths; "5\\6" for 5 and 6 reads as one value.
# Source: docutils' specification (a backslash before a backslash is the sign itself); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-creole==1.4.10 docutils==0.23
cat > look.py <<'PY'
from creole import html2rest
from docutils.core import publish_doctree

page = "<table><tr><th>Site</th></tr><tr><td>4<br>Elm Street</td></tr></table>"
written = html2rest(page)
cells = [node.astext() for node in publish_doctree(written).findall() if node.tagname == "entry"]
outside = html2rest("<p>4<br>Elm Street</p>")
print(written, cells, repr(outside))
assert outside == "4\nElm Street"
assert cells == ["Site", "4\\Elm Street"], "lines of cells are lines now"
PY
python look.py
