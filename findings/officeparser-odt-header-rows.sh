#!/usr/bin/env bash
# officeparser (npm) reads a table of an OpenDocument text whose first row is repeated as a heading on each page, which is
#   LibreOffice's own setting for new tables.
# Expected: all rows, as for a table without such a heading.
# Happens: the heading is left out, in the text and in the tree (table:table-header-rows is passed over).
# Matters: 14 and 15 are left without the names of their columns: nothing says any more what was measured.
# Source: OpenDocument 1.3 part 3, 9.1.7 (table:table-header-rows); pandoc gives the row; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0
with_odt_writer
cat > make.py <<'PY'
from odt_file import write_odt


def row(*words):
    cells = "".join(f"<table:table-cell><text:p>{word}</text:p></table:table-cell>" for word in words)
    return f"<table:table-row>{cells}</table:table-row>"


def table(first):
    columns = '<table:table-column table:number-columns-repeated="3"/>'
    return f'<table:table table:name="Rain">{columns}{first}{row("North", "14", "15")}</table:table>'


HEADING = row("Site", "Dry", "Wet")
write_odt("plain.odt", table(HEADING))
write_odt("headed.odt", table(f"<table:table-header-rows>{HEADING}</table:table-header-rows>"))
PY
python3 make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";

const read = async (path) => {
  const tree = await officeParser.parseOffice(path);
  return [tree.toText().split("\n"), JSON.stringify(tree).includes("Site")];
};
console.log(await read("plain.odt"), await read("headed.odt"));
assert.deepEqual(await read("plain.odt"), [["Site", "Dry", "Wet", "North", "14", "15"], true]);
assert.deepEqual(await read("headed.odt"), [["North", "14", "15"], false], "headings of tables are read now");
JS
node look.mjs
