#!/usr/bin/env bash
# xhtml2pdf makes a PDF of a page with a lettered list (<ol type="a">) and, below it, one that says nothing of its kind; and
#   of a list of clauses with numbers of their own (<li value="9">).
# Expected: a. and b., then 1. and 2.: a list without a type has numbers; and 5., 9., 10.
# Happens: the second list goes on with letters: "a. Keys", "b. Badge"; the clauses are 5., 6., 7. (start is read, value is
#   not).
# Matters: what is called "step 2" elsewhere has no number any more, and clauses have those of others; the PDF looks right.
# Source: HTML's standard, 4.4.5 (ol: type) and 4.4.8 (li: value); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python xhtml2pdf==0.2.28 pypdfium2==5.15.2
cat > look.py <<'PY'
import pypdfium2
from xhtml2pdf import pisa


def lines(page):
    with open("page.pdf", "wb") as file:
        pisa.CreatePDF(page, file)
    return pypdfium2.PdfDocument("page.pdf")[0].get_textpage().get_text_range().split("\r\n")


steps = lines("<ol><li>Keys</li><li>Badge</li></ol>")
after = lines('<ol type="a"><li>Rent</li><li>Fee</li></ol><p>Bring:</p><ol><li>Keys</li><li>Badge</li></ol>')
clauses = lines('<ol start="5"><li>Rent</li><li value="9">Fee</li><li>Keys</li></ol>')
print(steps, after, clauses)
starts = lambda texts: [text.split()[0] for text in texts if "." in text]
assert starts(steps) == ["1.", "2."]
assert starts(after) == ["a.", "b.", "a.", "b."], "lists have their own kind now"
assert starts(clauses) == ["5.", "6.", "7."], "values are read now"
PY
python look.py
