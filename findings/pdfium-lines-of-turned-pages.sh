#!/usr/bin/env bash
# libpdfium (here through pypdfium2) gives the text of a page that is shown turned (/Rotate 90).
# Expected: the lines in the order in which they were written, which is their order on the page before it is turned
#   and for its reader, who turns it back.
# Happens: the lines come out last first, where pypdf gives them first to last; without /Rotate both agree.
# Matters: a page that was put on its side in a viewer is read from its end to its beginning.
# Source: ISO 32000-2, table 31 (Rotate); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdfium2==5.15.2 reportlab==5.1.0 pypdf==7.1.1
cat > look.py <<'PY'
import pypdf
import pypdfium2 as pdfium
from reportlab.pdfgen import canvas

seen = {}
for turned in (0, 90):
    page = canvas.Canvas("t.pdf")
    page.setPageRotation(turned)
    for height, line in ((700, "first line"), (680, "second line"), (660, "third line")):
        page.drawString(50, height, line)
    page.save()
    text = pdfium.PdfDocument("t.pdf")[0].get_textpage().get_text_range()
    seen[turned] = (text.split("\r\n"), pypdf.PdfReader("t.pdf").pages[0].extract_text().split("\n")[:3])
print(seen)
order = ["first line", "second line", "third line"]
assert seen[0] == (order, order), seen[0]
assert seen[90] == (order[::-1], order), "turned pages are read otherwise now"
PY
python look.py
