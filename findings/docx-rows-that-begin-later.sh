#!/usr/bin/env bash
# mammoth, pandoc and word-extractor read a table of Word in which a row has no cell in the first column: it begins one
#   column later (w:gridBefore), as Word writes it when the border of a cell is dragged or a cell is removed.
# Expected: the row's values stay below their headings: an empty cell before them.
# Happens: they move one column to the left: 14 stands below "Site", 15 below "Dry".
# Matters: sums and continued rows of reports are set so; readers of the table, language models above all, get wrong
#   answers. python-docx tells the number of columns left out (row.grid_cols_before).
# Source: ECMA-376 part 1, 17.4.15 (gridBefore); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mammoth==1.13.0 pypandoc_binary==1.17 python-docx==1.2.0
with_node word-extractor@1.0.4
with_docx_writer
cat > look.py <<'PY'
import re
import docx, mammoth, pypandoc

document = docx.Document()
table = document.add_table(2, 3)
for column, word in enumerate(("Site", "Dry", "Wet")):
    table.cell(0, column).text = word
for column, word in enumerate(("", "14", "15")):
    table.cell(1, column).text = word
row = table.rows[1]._tr
row.remove(row.tc_lst[0])
before = docx.oxml.OxmlElement("w:gridBefore")
before.set(docx.oxml.ns.qn("w:val"), "1")
row.get_or_add_trPr().insert(0, before)
document.save("table.docx")
assert docx.Document("table.docx").tables[0].rows[1].grid_cols_before == 1


def cells(html):
    last = re.findall("<tr.*?</tr>", html, re.S)[-1]
    return [re.sub("<.*?>", "", cell) for cell in re.findall("<t[dh].*?</t[dh]>", last, re.S)]


with open("table.docx", "rb") as file:
    rows = cells(mammoth.convert_to_html(file).value), cells(pypandoc.convert_file("table.docx", "html"))
print(rows)
assert all(row[:2] == ["14", "15"] for row in rows), "the row begins in its column now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import WordExtractor from "word-extractor";

const rows = (await new WordExtractor().extract("table.docx")).getBody().trim().split("\n");
console.log(rows);
assert.deepEqual(rows.map((row) => row.trim().split("\t")), [["Site", "Dry", "Wet"], ["14", "15"]]);
assert.ok(rows[1].startsWith("14"), "the row begins in its column now");
JS
node look.mjs
