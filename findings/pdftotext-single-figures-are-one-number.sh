#!/usr/bin/env bash
# pdftotext (poppler) gives the text of a page with lines whose words have one sign each: "1 2 3", "5 m", "A B", "x = y".
# Expected: the blanks: they are in the file as characters, and a longer word in the line, "Berths 1 2 3", keeps them all.
# Happens: "123", "5m", "AB", "x=y", in the usual mode and with -layout; with -raw, and in -bbox, the words are apart.
# Matters: a row of marks, answers or berths becomes one number, in cells and lists above all, where words are short.
# Source: pdftotext's manual page; PDF 1.7, 9.3.3 (word spacing); pypdf and libpdfium have the blanks; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_debian "poppler-utils=22.12.0-*" "libpoppler126=22.12.0-*"
with_python fpdf2==2.8.9 pypdfium2==5.15.2 pypdf==7.1.1
cat > look.py <<'PY'
import subprocess
import pypdf, pypdfium2
from fpdf import FPDF

LINES = ["1 2 3", "5 m", "A B", "x = y", "Berths 1 2 3"]
pdf = FPDF()
pdf.add_page()
pdf.set_font("Helvetica", size=11)
for line in LINES:
    pdf.cell(0, 20, line, new_x="LMARGIN", new_y="NEXT")
pdf.output("lines.pdf")


def lines(*mode):
    run = subprocess.run(["pdftotext", *mode, "lines.pdf", "-"], capture_output=True, check=True, text=True)
    return run.stdout.replace("\f", "").split("\n")


read = {mode: [line for line in lines(*mode.split()) if line] for mode in ("", "-layout", "-raw")}
print(read)
assert pypdf.PdfReader("lines.pdf").pages[0].extract_text().split("\n") == LINES
assert pypdfium2.PdfDocument("lines.pdf")[0].get_textpage().get_text_range().split("\r\n") == LINES
assert read["-raw"] == LINES
assert read[""] == read["-layout"] == ["123", "5m", "AB", "x=y", "Berths 1 2 3"], "blanks are kept now"
PY
python look.py
