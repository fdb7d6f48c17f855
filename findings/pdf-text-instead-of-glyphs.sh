#!/usr/bin/env bash
# pypdf, pdfminer.six and pdfplumber read a word with a ligature from a font of ornaments, for which the file says what it
#   means (/ActualText).
# Expected: "office": the text in /ActualText stands for the glyphs between BDC and EMC, as in libpdfium.
# Happens: all three pass over it and give the codes of the glyphs: "o%ce".
# Matters: typesetting programs write it just where the glyphs do not tell the text: ligatures, initials, changed spelling
#   at a hyphen. The words are not found, and nothing shows that they are wrong.
# Source: ISO 32000-2, 14.9.4 (replacement text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pdfplumber==0.11.10 pdfminer.six==20260107 pypdfium2==5.15.2
with_pdf_writer
cat > look.py <<'PY'
import pdfplumber
import pypdf
import pypdfium2
from pdf_file import write_pdf
from pdfminer.high_level import extract_text

MEANT = "/Span << /ActualText (ffi) >> BDC (%) Tj EMC"
path = write_pdf("t.pdf", f"BT /F1 12 Tf 50 200 Td (The o) Tj {MEANT} (ce opens) Tj ET")
seen = {
    "libpdfium": pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range(),
    "pypdf": pypdf.PdfReader(path).pages[0].extract_text(),
    "pdfminer.six": extract_text(path).strip(),
    "pdfplumber": pdfplumber.open(path).pages[0].extract_text(),
}
print(seen)
assert seen.pop("libpdfium") == "The office opens"
assert set(seen.values()) == {"The o%ce opens"}, "the meant text is read now"
PY
python look.py
