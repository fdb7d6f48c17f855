#!/usr/bin/env bash
# officeparser (npm) gives the text of a Word file with a tab, a line break and a non-breaking hyphen; and that of an
#   OpenDocument text with the same tab and break.
# Expected: white space where the file has it, and a hyphen: in OpenDocument it gives "Total\t950".
# Happens: in Word files all three are dropped: "Total950", "Elm Street 4Springfield", "PPR9087".
# Matters: price lists, tables of contents and forms of Word are lines with tabs; neither word around one is found, and
#   "Total950" is what a language model gets.
# Source: ECMA-376 part 1, 17.3.3.32 (tab), 17.3.3.1 (br) and 17.3.3.18 (noBreakHyphen); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0
with_docx_writer
with_odt_writer
cat > make.py <<'PY'
from docx_file import run, write_docx
from odt_file import write_odt

write_docx(
    "lines.docx",
    run("Total") + "<w:r><w:tab/><w:t>950</w:t></w:r>",
    run("Elm Street 4") + "<w:r><w:br/><w:t>Springfield</w:t></w:r>",
    run("PPR") + "<w:r><w:noBreakHyphen/><w:t>9087</w:t></w:r>",
)
write_odt("lines.odt", "<text:p>Total<text:tab/>950</text:p>")
PY
python3 make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";

const text = async (path) => (await officeParser.parseOffice(path)).toText();
console.log(JSON.stringify([await text("lines.docx"), await text("lines.odt")]));
assert.equal(await text("lines.odt"), "Total\t950");
assert.equal(await text("lines.docx"), "Total950\nElm Street 4Springfield\nPPR9087", "white space and hyphens are kept now");
JS
node look.mjs
