#!/usr/bin/env bash
# mammoth, in Python and in Node, gives the plain text of a Word file (extract_raw_text, extractRawText), as loaders for
#   language models do; lines within a paragraph end in line breaks (w:br, Shift+Enter).
# Expected: a line end or a blank: convert_to_html of the same file has <br />, and paragraphs are set apart by two line
#   ends.
# Happens: nothing: "Elm Street 4Springfield". So it is for a break of the page.
# Matters: addresses, signatures and lines of poems or prices lose the words on both sides of each break for search, and
#   numbers on them grow together: "Rent 950" and "12 months" is "Rent 95012 months".
# Source: ECMA-376 part 1, 17.3.3.1 (br); mammoth's own HTML, python-docx and docx2txt keep the break; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python mammoth==1.13.0
with_node mammoth@1.13.0
with_docx_writer
cat > look.py <<'PY'
import mammoth
from docx_file import run, write_docx

BREAK = '<w:r><w:br/></w:r>'
write_docx("lines.docx", run("Elm Street 4") + BREAK + run("Springfield"), run("Rent 950") + BREAK + run("12 months"))
with open("lines.docx", "rb") as file:
    html, text = mammoth.convert_to_html(file).value, mammoth.extract_raw_text(file).value
print(html, repr(text))
assert "Elm Street 4<br />Springfield" in html
assert text == "Elm Street 4Springfield\n\nRent 95012 months\n\n", "lines are apart now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import mammoth from "mammoth";

const { value } = await mammoth.extractRawText({ path: "lines.docx" });
console.log(JSON.stringify(value));
assert.equal(value, "Elm Street 4Springfield\n\nRent 95012 months\n\n", "lines are apart now");
JS
node look.mjs
