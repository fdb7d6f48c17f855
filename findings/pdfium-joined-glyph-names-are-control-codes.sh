#!/usr/bin/env bash
# libpdfium (pypdfium2) reads a PDF whose font names the ligature of "office" /f_i at code 31, without a table ToUnicode; in
#   another file it is named /fi.
# Expected: "office" in both, as pdfminer.six has it: parts that are joined by a low line are the letters of a ligature.
# Happens: "of", the control code U+001F, "ce" for /f_i: the glyph's own code stands for its meaning. With /fi it is "office".
# Matters: many fonts name their ligatures so, and not every program writes a ToUnicode; such words are not
#   found, and control codes get into texts and indexes.
# Source: Adobe's Glyph List specification, 2 (a name is split at its low lines); ISO 32000-2, 9.10.2 (text by the names of
#   glyphs); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdfium2==5.15.2 pdfminer.six==20260107
with_pdf_writer
cat > look.py <<'PY'
import unicodedata
import pypdfium2
from pdf_file import write_pdf
from pdfminer.high_level import extract_text
from pdfminer.layout import LAParams


def read(name):
    words = "BT /F2 24 Tf 50 300 Td (of\\037ce) Tj ET"
    form = "/Type /XObject /Subtype /Form /BBox [0 0 600 400] /Resources << /Font << /F2 7 0 R >> >>"
    font = "/Type /Font /Subtype /Type1 /BaseFont /Times-Roman"
    encoding = f"/Encoding << /Type /Encoding /Differences [31 /{name}] >>"
    objects = [f"<< {form} /Length {len(words)} >>\nstream\n{words}\nendstream", f"<< {font} {encoding} >>"]
    path = write_pdf("a.pdf", "/X Do", "/XObject << /X 6 0 R >>", more_objects=objects)
    pdfium = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    pdfminer = unicodedata.normalize("NFKC", extract_text(path, laparams=LAParams(all_texts=True)).strip())
    print(name, ascii(pdfium), ascii(pdfminer))
    return pdfium, pdfminer


assert read("fi") == ("office", "office")
assert read("f_i") == ("of\x1fce", "office"), "names of joined glyphs are read now"
PY
python look.py
