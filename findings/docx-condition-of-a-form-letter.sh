#!/usr/bin/env bash
# Seven readers of Word files (python-docx, docx2txt, docx2python, mammoth, pandoc, officeparser, word-extractor) read a
#   form letter with a field that depends on another one: { IF { MERGEFIELD Count } > 5 "in ten days" "at once" }.
# Expected: what Word shows: "Pay in ten days." What stands before the "separate" of a field is its instruction.
# Happens: all seven put the value of the inner field before the result of the outer one: "Pay 7in ten days." The inner one
#   has a result of its own (7), which is part of the outer instruction, and none of them looks at the depth.
# Matters: mail merge, tables of formulas ({ = { MERGEFIELD } * 1.2 }) and page numbers of sections are made so; an amount
#   that is computed from 950 is read as "9501140".
# Source: ECMA-376 part 1, 17.16.2 (complex fields may be nested in an instruction); what was seen by this script.
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


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def asks(text):
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def field(instruction, result):
    return mark("begin") + instruction + mark("separate") + run(result) + mark("end")


count = field(asks(" MERGEFIELD Count "), "7")
term = field(asks(" IF ") + count + asks(' > 5 "in ten days" "at once" '), "in ten days")
price = field(asks(" = ") + field(asks(" MERGEFIELD Net "), "950") + asks(" * 1.2 "), "1140")
write_docx("letter.docx", run("Pay ") + term + run("."), run("Amount: ") + price)
with open("letter.docx", "rb") as file:
    texts = {"mammoth": mammoth.extract_raw_text(file).value}
texts["python-docx"] = "\n".join(paragraph.text for paragraph in docx.Document("letter.docx").paragraphs)
texts["docx2txt"] = docx2txt.process("letter.docx")
texts["docx2python"] = docx2python("letter.docx").text
texts["pandoc"] = pypandoc.convert_file("letter.docx", "plain")
for name, text in texts.items():
    print(name, text.split("\n"))
    assert text.split() == "Pay 7in ten days. Amount: 9501140".split(), f"{name} knows the depth of fields now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";
import WordExtractor from "word-extractor";

const texts = [(await officeParser.parseOffice("letter.docx")).toText()];
texts.push((await new WordExtractor().extract("letter.docx")).getBody());
for (const text of texts) {
  console.log(JSON.stringify(text));
  assert.equal(text.trim(), "Pay 7in ten days.\nAmount: 9501140", "the depth of fields is known now");
}
JS
node look.mjs
