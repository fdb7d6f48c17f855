#!/usr/bin/env bash
# libpdfium (here through pypdfium2) gives the text of a page with a hyphen at the end of a line.
# Expected: the hyphen and the line break, as in every other place.
# Happens: both are replaced by U+FFFE when a letter follows ("long" U+FFFE "term"); between digits they stay.
# Matters: the character is no letter and no blank, so neither "long-term" nor "longterm" is found, and nobody sees it
#   on a screen.
# Source: Unicode 17, 23.7 (noncharacters); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdfium2==5.15.2 reportlab==5.1.0
cat > look.py <<'PY'
import pypdfium2 as pdfium
from reportlab.pdfgen import canvas

page = canvas.Canvas("t.pdf")
for height, line in ((800, "The contract is long-"), (786, "term, the price 100-"), (772, "200 euros.")):
    page.drawString(50, height, line)
page.save()
text = pdfium.PdfDocument("t.pdf")[0].get_textpage().get_text_range()
print(ascii(text))
assert "long\ufffeterm" in text, "the hyphen is kept now"
assert "100-\r\n200" in text, text
PY
python look.py
