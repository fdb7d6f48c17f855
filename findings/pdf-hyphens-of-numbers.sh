#!/usr/bin/env bash
# pymupdf4llm and pdftext join words that a line end divides: PPR-9087, 2020-2021, Smith-Miller, each broken behind its hyphen.
# Expected: the hyphen goes where it was put for the line end (ter-race); in front of figures and capitals it belongs to the
#   word and stays, as in pdf_oxide's Markdown.
# Happens: it goes everywhere: "PPR9087", "20202021" (pymupdf4llm; pdftext leaves years apart), "SmithMiller".
# Matters: numbers of parts and orders, spans of years and double names are found no more when a line happens to end within
#   them; two years become one number of eight digits.
# Source: Unicode Standard Annex 14, 5.1 (BA, HY: a break after a hyphen that is part of the text); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python pymupdf4llm==2.0 pymupdf==2.0 pymupdf-layout==2.0 pdftext==0.7.1 pdf-oxide==0.3.78
with_pdf_writer
cat > look.py <<'PY'
import pdf_oxide
import pymupdf4llm
from pdf_file import write_pdf
from pdftext.extraction import plain_text_output

LINES = [
    "The parts are listed under PPR-", "9087 as in the year of 2020-", "2021 already, which was when Smith-",
    "Miller had the plan of the ter-", "race and of the garden.",
]
write_pdf("t.pdf", "BT /F1 12 Tf 50 350 Td " + " ".join(f"({line}) Tj 0 -14 Td" for line in LINES) + " ET")
layout = pymupdf4llm.to_markdown("t.pdf")
pymupdf4llm.use_layout(False)
texts = [layout, pymupdf4llm.to_markdown("t.pdf"), plain_text_output("t.pdf")]
texts = [" ".join(text.split()) for text in texts]
other = " ".join(pdf_oxide.PdfDocument("t.pdf").to_markdown(0).split())
print(*texts, other, sep="\n")
assert all(words in other for words in ("PPR-9087", "2020-2021", "Smith-Miller")), other
for text in texts:
    assert "PPR9087" in text and "SmithMiller" in text and "terrace" in text, "the hyphens are kept now"
assert "20202021" in texts[0] and "20202021" in texts[1] and "2020- 2021" in texts[2], "the years are apart now"
PY
python look.py
