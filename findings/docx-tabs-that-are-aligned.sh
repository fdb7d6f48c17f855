#!/usr/bin/env bash
# docx2txt, docx2python, mammoth, pandoc, officeparser and word-extractor read a line of a Word file whose parts are set
#   apart by alignment tabs (w:ptab), as Word's own building blocks for headers, footers and lines with page numbers have
#   them.
# Expected: a tab or a blank, as for an ordinary tab; python-docx gives one.
# Happens: nothing: "Total950". mammoth, pandoc, docx2txt, docx2python and word-extractor keep ordinary tabs.
# Matters: the last word of one part and the first of the next are no words any more, and two numbers become one: "Page 3"
#   and "2024" are "Page 32024".
# Source: ECMA-376 part 1, 17.3.3.23 (ptab); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0 docx2txt==0.9 docx2python==3.7.1 mammoth==1.13.0 pypandoc_binary==1.17
with_node officeparser@7.8.0 word-extractor@1.0.4
with_docx_writer
cat > look.py <<'PY'
import docx, docx2txt, mammoth, pypandoc
import docx_file
from docx2python import docx2python
from docx_file import run, write_docx

docx_file.NAMESPACES["r"] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
tab = '<w:r><w:ptab w:relativeTo="margin" w:alignment="right" w:leader="none"/></w:r>'
write_docx("line.docx", run("Page 3") + tab + run("2024"))
with open("line.docx", "rb") as file:
    texts = {"mammoth": mammoth.extract_raw_text(file).value}
texts["docx2txt"] = docx2txt.process("line.docx")
texts["docx2python"] = docx2python("line.docx").text
texts["pandoc"] = pypandoc.convert_file("line.docx", "plain")
print(texts)
assert docx.Document("line.docx").paragraphs[0].text == "Page 3\t2024"
assert {text.strip() for text in texts.values()} == {"Page 32024"}, "alignment tabs are read now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";
import WordExtractor from "word-extractor";

const texts = [(await officeParser.parseOffice("line.docx")).toText()];
texts.push((await new WordExtractor().extract("line.docx")).getBody());
console.log(JSON.stringify(texts));
for (const text of texts) assert.equal(text.trim(), "Page 32024", "alignment tabs are read now");
JS
node look.mjs
