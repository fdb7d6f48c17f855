#!/usr/bin/env bash
# fpdf2 writes texts with markdown=True that have two stars or two hyphens in the middle of a word, or just once: "2**10
#   bytes", "berths 5--7 and 9--12", "a ** b".
# Expected: the texts as they are: between figures, or alone, such signs mark nothing in Markdown, and what is not closed
#   stays.
# Happens: "210 bytes", "berths 57 and 912", "a b": each pair is taken out wherever it stands, and turns bold or a line below
#   the words on to the end of the text.
# Matters: powers and ranges become other numbers in the PDF, in what was bold for the sake of one word.
# Source: CommonMark 0.31, 6.2 (emphasis: what opens and closes it); fpdf2's manual, which names the marks and a backslash
#   before them, not where they count; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python fpdf2==2.8.9 pypdfium2==5.15.2
cat > look.py <<'PY'
import pypdfium2
from fpdf import FPDF


def text(markdown):
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    pdf.multi_cell(0, 6, markdown, markdown=True)
    pdf.output("text.pdf")
    return pypdfium2.PdfDocument("text.pdf")[0].get_textpage().get_text_range()


seen = {source: text(source) for source in ("2**10 bytes", "berths 5--7 and 9--12", "a ** b", "max_open_files")}
print(seen)
assert list(seen.values())[:2] == ["210 bytes", "berths 57 and 912"], "signs are kept now"
assert seen["a ** b"].split() == ["a", "b"], "signs are kept now"
assert seen["max_open_files"] == "max_open_files"
PY
python look.py
