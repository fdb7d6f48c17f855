#!/usr/bin/env bash
# fpdf2 makes a PDF of a list that Markdown made (mistletoe, as its manual does it, and write_html); a blank line stands
#   between the items.
# Expected: "1. Rent", "2. Fee": the list is the same with and without blank lines.
# Happens: "Rent" and "Fee" have no number and no bullet: with blank lines Markdown writes <li><p>, and the number goes with
#   the paragraph; the list without them has its numbers.
# Matters: clauses and steps are written with blank lines more often than not; "see clause 2" points to nothing.
# Source: CommonMark 0.31, 5.3 (loose lists); fpdf2's manual (HTML, Combine with Markdown); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python fpdf2==2.8.9 mistletoe==1.6.0 pypdfium2==5.15.2
cat > look.py <<'PY'
import mistletoe, pypdfium2
from fpdf import FPDF


def words(markdown):
    pdf = FPDF()
    pdf.add_page()
    pdf.write_html(mistletoe.markdown(markdown))
    pdf.output("list.pdf")
    return pypdfium2.PdfDocument("list.pdf")[0].get_textpage().get_text_range().split()


seen = [words("1. Rent\n2. Fee"), words("1. Rent\n\n2. Fee"), words("- Rent\n\n- Fee")]
print(*seen, sep="\n")
assert seen[0] == ["1.", "Rent", "2.", "Fee"]
assert seen[1:] == [["Rent", "Fee"]] * 2, "numbers are kept now"
PY
python look.py
