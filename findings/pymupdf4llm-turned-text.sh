#!/usr/bin/env bash
# pymupdf4llm turns a page into Markdown on which a number is printed along the edge, turned by 90 degrees.
# Expected: the number somewhere in the Markdown: PyMuPDF itself, on which it stands, reads it ("Drawing number PPR-9087").
# Happens: it is left out: in Markdown and in plain text, with and without the layout model, and without a message.
# Matters: drawing numbers, headings of narrow columns, marks of archives and whole sideways tables stand this way; the answer is
#   in the file and not in the index.
# Source: PyMuPDF4LLM's documentation of to_markdown (reads the pages' text); ISO 32000-2, 9.4.2 (Tm turns text as any other);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pymupdf4llm==2.0 pymupdf==2.0 pymupdf-layout==2.0 reportlab==5.1.0
cat > look.py <<'PY'
import pymupdf
import pymupdf4llm
from reportlab.pdfgen.canvas import Canvas

canvas = Canvas("t.pdf")
canvas.drawString(72, 750, "Plan of the north pier")
canvas.saveState()
canvas.rotate(90)
canvas.drawString(300, -50, "Drawing number PPR-9087")
canvas.restoreState()
canvas.drawString(72, 300, "Berth four is free")
canvas.save()

plain = pymupdf.open("t.pdf")[0].get_text()
shown = [pymupdf4llm.to_markdown("t.pdf"), pymupdf4llm.to_text("t.pdf")]
pymupdf4llm.use_layout(False)
shown.append(pymupdf4llm.to_markdown("t.pdf"))
print(repr(plain), shown)
assert "Drawing number PPR-9087" in plain
for text in shown:
    assert "north pier" in text and "Berth four" in text, text
    assert "9087" not in text and "Drawing" not in text, "turned text is kept now"
PY
python look.py
