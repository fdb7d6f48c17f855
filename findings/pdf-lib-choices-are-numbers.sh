#!/usr/bin/env bash
# pypdf and PyMuPDF read a form that pdf-lib (npm) made and filled in: a choice between "North" and "South" (radio buttons),
#   of which South is selected.
# Expected: South: it is the name that the option was given, that the file has, and that pdf-lib gives back.
# Happens: pypdf says /1 and PyMuPDF says 1 (and Off for the other button): pdf-lib numbers the buttons and keeps the names in
#   a list beside them (/Opt), as the format has it, where neither reader looks.
# Matters: answers of forms arrive as 0 and 1; with another order of buttons they mean something else.
# Source: PDF 1.7, 12.7.4.2.4 (radio buttons: Opt has the export values); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pdf-lib@1.17.1
with_python pypdf==7.1.1 pymupdf==2.0
cat > make.cjs <<'JS'
const fs = require("node:fs");
const { PDFDocument } = require("pdf-lib");

const make = async () => {
  const document = await PDFDocument.create();
  const page = document.addPage([400, 400]);
  const pier = document.getForm().createRadioGroup("pier");
  ["North", "South"].forEach((name, row) => pier.addOptionToPage(name, page, { x: 50, y: 300 - row * 60 }));
  pier.select("South");
  fs.writeFileSync("form.pdf", await document.save());
  const again = await PDFDocument.load(fs.readFileSync("form.pdf"));
  console.log("pdf-lib:", again.getForm().getRadioGroup("pier").getSelected());
};
make();
JS
node make.cjs
cat > look.py <<'PY'
import pymupdf, pypdf

field = pypdf.PdfReader("form.pdf").get_fields()["pier"]
widgets = [widget.field_value for widget in pymupdf.open("form.pdf")[0].widgets()]
print(field.value, field.get("/Opt"), widgets)
assert field["/Opt"] == ["North", "South"]
assert field.value == "/1", "names are read now"
assert "1" in widgets and "South" not in widgets, "names are read now"
PY
python look.py
