#!/usr/bin/env bash
# html-to-docx (npm) makes a Word file of a table in whose cells a part is marked: PPR-<b>9087</b>-A, 10<sup>6</sup> m.
# Expected: a paragraph with three runs in each cell, as outside of tables.
# Happens: three paragraphs, one below the other: "PPR-", "9087", "-A"; and 10, 6 and m each on a line of its own.
# Matters: readers that take paragraphs apart have no order number any more, and 10 to the 6th becomes a 10 above a 6.
# Source: HTML's standard (phrasing content stays in its line); what was seen by this script, in python-docx and pandoc.
. "$(dirname "$0")/lib.sh"
with_node html-to-docx@1.8.0
with_python python-docx==1.2.0 pypandoc_binary==1.17
cat > make.cjs <<'JS'
const fs = require("fs");
const row = "<td>PPR-<b>9087</b>-A</td><td>10<sup>6</sup> m</td>";
const html = `<!DOCTYPE html><html><body><p>PPR-<b>9087</b>-A</p><table><tr>${row}</tr></table></body></html>`;
require("html-to-docx")(html).then((file) => fs.writeFileSync("orders.docx", file));
JS
node make.cjs
cat > look.py <<'PY'
import docx, pypandoc

document = docx.Document("orders.docx")
cells = [[paragraph.text for paragraph in cell.paragraphs] for cell in document.tables[0].rows[0].cells]
print(document.paragraphs[1].text, cells)
print(pypandoc.convert_file("orders.docx", "plain"))
assert document.paragraphs[1].text == "PPR-9087-A"
assert cells == [["PPR-", "9087", "-A"], ["10", "6", " m"]], "cells are kept together now"
PY
python look.py
