#!/usr/bin/env bash
# pdf.js (pdfjs-dist; unpdf, which has it inside) gives the text of an invoice with a stamp: a form XObject, drawn between two
#   lines of the page.
# Expected: the stamp is a line of its own: it stands 50 points below the line before it, and pypdf and libpdfium see that.
# Happens: no line end and no blank come before what a form XObject shows: "Invoice 7Paid on 5 March". After it there is one.
# Matters: letterheads, stamps, imported pages and drawings are such objects; the word or number before them and their own
#   first word become one, and neither is found.
# Source: ISO 32000-2, 8.10 (form XObjects: painted as if their contents stood in the page); pdf.js's documentation of
#   getTextContent (hasEOL: whether a line end follows); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pdfjs-dist@5.6.205 unpdf@1.7.0
with_pdf_writer
python3 - <<'PY'
from pdf_file import write_pdf

stamp = "BT /F1 12 Tf 72 300 Td (Paid on 5 March) Tj ET"
write_pdf(
    "t.pdf",
    "BT /F1 12 Tf 72 350 Td (Invoice 7) Tj ET q /X1 Do Q BT /F1 12 Tf 72 250 Td (Thank you) Tj ET",
    resources="/XObject << /X1 6 0 R >>",
    more_objects=(
        "<< /Type /XObject /Subtype /Form /BBox [0 0 600 400] /Resources << /Font << /F1 5 0 R >> >>"
        f" /Length {len(stamp)} >>\nstream\n{stamp}\nendstream",
    ),
)
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { extractText } from "unpdf";

const page = await (await getDocument({ data: new Uint8Array(fs.readFileSync("t.pdf")), verbosity: 0 }).promise).getPage(1);
const direct = (await page.getTextContent()).items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
const wrapped = (await extractText(new Uint8Array(fs.readFileSync("t.pdf")))).text[0];
console.log(JSON.stringify({ direct, wrapped }));
for (const text of [direct, wrapped]) assert.equal(text.trim(), "Invoice 7Paid on 5 March\nThank you", "the stamp is apart now");
process.exit(0);
JS
node look.mjs 2>/dev/null
