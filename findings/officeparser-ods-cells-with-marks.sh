#!/usr/bin/env bash
# officeparser (npm) reads a sheet of OpenDocument with cells of which a part is marked: H2O with a lowered 2, PPR-9087 with
#   two bold figures; and with a cell of two paragraphs and one with counted blanks.
# Expected: the text of the cells, as it gives it for the same words in a text document.
# Happens: what is not marked is left out: "2", "90". The paragraphs are joined ("Elm Street 4Springfield"), the blanks
#   dropped ("Total950").
# Matters: numbers of parts, formulas and notes with one bold word lose all but the mark; numbers become other numbers.
# Source: OpenDocument 1.3 part 3, 6.1.1 (text:p), 6.1.3 (text:s) and 6.1.7 (text:span); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python odfpy==1.4.1 python-calamine==0.9.1
with_node officeparser@7.8.0
cat > make.py <<'PY'
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet, OpenDocumentText
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P, S, Span


def paragraph(*parts):
    element = P()
    for part in parts:
        element.addText(part) if isinstance(part, str) else element.addElement(part)
    return element


def cells():
    yield [paragraph("H", Span(text="2"), "O")]
    yield [paragraph("PPR-", Span(text="90"), "87")]
    yield [paragraph("Elm Street 4"), paragraph("Springfield")]
    yield [paragraph("Total", S(c=3), "950")]


sheets, text, table = OpenDocumentSpreadsheet(), OpenDocumentText(), Table(name="A")
table.addElement(TableColumn())
for paragraphs in cells():
    row, cell = TableRow(), TableCell(valuetype="string")
    for one in paragraphs:
        cell.addElement(one)
    row.addElement(cell)
    table.addElement(row)
sheets.spreadsheet.addElement(table)
sheets.save("cells.ods")
for paragraphs in cells():
    for one in paragraphs:
        text.text.addElement(one)
text.save("cells.odt")
print(python_calamine.CalamineWorkbook.from_path("cells.ods").get_sheet_by_index(0).to_python())
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";

const lines = async (path) => (await officeParser.parseOffice(path)).toText().split("\n");
console.log(await lines("cells.odt"), await lines("cells.ods"));
assert.deepEqual(await lines("cells.odt"), ["H2O", "PPR-9087", "Elm Street 4", "Springfield", "Total   950"]);
assert.deepEqual(await lines("cells.ods"), ["2", "90", "Elm Street 4Springfield", "Total950"], "cells are read whole now");
JS
node look.mjs
