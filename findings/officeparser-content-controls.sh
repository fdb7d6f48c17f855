#!/usr/bin/env bash
# officeparser (npm) reads a Word file in which a paragraph, a row of a table and a cell stand in content controls (w:sdt),
#   as templates, cover pages, tables of contents and repeating rows have them.
# Expected: their text with the rest: a control shows what it holds; one within a line of text is read.
# Happens: the paragraph, the row and the cell are left out, and what is around them is joined on.
# Matters: of a contract from a template, what was filled in is what is missing; a row that lacks a cell has the value of
#   the next column.
# Source: ECMA-376 part 1, 17.5.2 (structured document tags around blocks, rows and cells); mammoth, docx2txt and
#   word-extractor read them; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0 word-extractor@1.0.4
with_docx_writer
cat > make.py <<'PY'
import zipfile
from docx_file import run, write_docx


def control(inside):
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def cell(text):
    return f"<w:tc><w:tcPr/><w:p>{run(text)}</w:p></w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


grid = '<w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/><w:gridCol w:w="3000"/></w:tblGrid>'
rows = row(cell("Rent"), control(cell("950"))) + control(row(cell("Deposit"), cell("1900"))) + row(cell("Fee"), cell("20"))
write_docx("empty.docx")
body = control(f"<w:p>{run('Tenant: Anna Smith')}</w:p>") + f"<w:tbl>{grid}{rows}</w:tbl><w:p>{run('Signed')}</w:p>"
with zipfile.ZipFile("empty.docx") as source, zipfile.ZipFile("form.docx", "w") as target:
    for part in source.namelist():
        target.writestr(part, source.read(part).decode().replace("<w:body></w:body>", f"<w:body>{body}</w:body>"))
PY
python3 make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";
import WordExtractor from "word-extractor";

const other = (await new WordExtractor().extract("form.docx")).getBody();
const text = (await officeParser.parseOffice("form.docx")).toText();
console.log(JSON.stringify({ other, text }));
for (const words of ["Anna Smith", "950", "1900", "Signed"]) assert.ok(other.includes(words));
assert.equal(text, "Rent\nFee\n20\nSigned", "controls are read now");
JS
node look.mjs
