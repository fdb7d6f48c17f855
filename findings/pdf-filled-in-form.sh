#!/usr/bin/env bash
# pypdf, pdfplumber, libpdfium (pypdfium2) and pdf.js (in unpdf) give the text of a form that is filled in: a name in a field.
# Expected: "Name: Anna Smith": the file holds how the field is drawn, and every viewer and printer shows it. PyMuPDF gives it.
# Happens: the four give the labels only; fields are annotations, which their text extraction passes over. Where fields are can
#   be asked (get_fields, getAnnotations), not where they stand in the text.
# Matters: of applications, orders and contracts the questions are indexed and the answers are not, without a message.
# Source: ISO 32000-2, 12.5.5 (appearance streams are drawn on the page) and 12.7.4.3 (text fields); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pdfplumber==0.11.10 pymupdf==2.0 pypdfium2==5.10.1 reportlab==5.1.0
with_node unpdf@1.7.0
cat > look.py <<'PY'
import pdfplumber
import pymupdf
import pypdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("t.pdf")
canvas.drawString(72, 750, "Name:")
canvas.acroForm.textfield(name="name", value="Anna Smith", x=120, y=742, width=200, height=20)
canvas.save()
texts = {
    "pypdf": pypdf.PdfReader("t.pdf").pages[0].extract_text(),
    "pdfplumber": pdfplumber.open("t.pdf").pages[0].extract_text(),
    "libpdfium": pypdfium2.PdfDocument("t.pdf")[0].get_textpage().get_text_range(),
}
mupdf = pymupdf.open("t.pdf")[0].get_text()
print(texts, repr(mupdf))
assert "Anna Smith" in mupdf, mupdf
for library, text in texts.items():
    assert text.strip() == "Name:", f"{library} reads the field now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { extractText } from "unpdf";

const { text } = await extractText(new Uint8Array(fs.readFileSync("t.pdf")));
console.log("pdf.js:", JSON.stringify(text[0]));
assert.equal(text[0].trim(), "Name:", "pdf.js reads the field now");
process.exit(0);
JS
node look.mjs 2>/dev/null
