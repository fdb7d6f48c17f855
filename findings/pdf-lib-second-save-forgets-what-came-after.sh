#!/usr/bin/env bash
# pdf-lib (npm) saves a document, as one does for a preview or a draft; then the program goes on: it flattens the form, writes
#   "Paid" on the page, and saves again.
# Expected: the second file has all of it: save gives the bytes of the document as it is then.
# Happens: what is drawn on a page after the first save is in no file, without an error: "Paid" is missing, and of the
#   flattened form the fields are gone and their values are not drawn, so that the name is nowhere. Without the first save all
#   is there.
# Matters: a filled-in form is empty for good; that a file was made before is nothing one would look for.
# Source: pdf-lib's documentation of PDFDocument.save and PDFForm.flatten; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pdf-lib@1.17.1
with_python pypdfium2==5.15.2
cat > make.cjs <<'JS'
const fs = require("node:fs");
const { PDFDocument } = require("pdf-lib");

const make = async (path, saveFirst) => {
  const document = await PDFDocument.create();
  const page = document.addPage([400, 400]);
  page.drawText("Lease", { x: 50, y: 350, size: 12 });
  const field = document.getForm().createTextField("name");
  field.setText("Anna");
  field.addToPage(page, { x: 50, y: 250, height: 20 });
  if (saveFirst) await document.save();
  document.getForm().flatten();
  page.drawText("Paid", { x: 50, y: 150, size: 12 });
  fs.writeFileSync(path, await document.save());
};
make("once.pdf", false).then(() => make("twice.pdf", true));
JS
node make.cjs
cat > look.py <<'PY'
import pypdfium2

seen = {path: pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range().split() for path in ("once.pdf", "twice.pdf")}
print(seen)
assert seen["once.pdf"] == ["Lease", "Anna", "Paid"]
assert seen["twice.pdf"] == ["Lease"], "later drawings are kept now"
PY
python look.py
