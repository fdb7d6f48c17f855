#!/usr/bin/env bash
# pdf_oxide turns a page with the three lines of an address into Markdown.
# Expected: three lines of text.
# Happens: a table, cut at the first blank of each line, with the first line as its heading: "| Anna | Smith |", "| Elm |
#   Street 4 |"; and below it the words once more as a sentence, from which "Springfield" is missing. Full sentences stay text.
# Matters: addresses, titles and labels are on every letter and invoice; a model is shown a column "Anna" with the value "Elm",
#   and each passage twice.
# Source: pdf_oxide's documentation of to_markdown (the page as Markdown, with tables where there are some); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python pdf-oxide==0.3.78 reportlab==5.1.0
cat > look.py <<'PY'
import pdf_oxide
from reportlab.pdfgen.canvas import Canvas


def markdown(*lines):
    canvas = Canvas("t.pdf")
    for place, line in enumerate(lines):
        canvas.drawString(72, 750 - 20 * place, line)
    canvas.save()
    return pdf_oxide.PdfDocument("t.pdf").to_markdown(0)


address = markdown("Anna Smith", "Elm Street 4", "Springfield")
sentences = markdown("The rent is 950 EUR a month.", "It is due on the fifth.", "It is paid by transfer.")
print(address, "---", sentences, sep="\n")
assert "|" not in sentences and sentences.split()[0] == "The", sentences
assert "| Anna | Smith |\n|---|---|\n| Elm | Street 4 |" in address, "an address is text now"
assert address.count("Anna") == 2 and address.count("Springfield") == 1, "the words stand there once now"
PY
python look.py
