#!/usr/bin/env bash
# PyMuPDF takes pages out of a report whose pages are called B-5, B-6, B-7 (select), to hand over a part of it.
# Expected: the pages keep their names, as with delete_page: B-6 is still B-6.
# Happens: no page has a label any more, even if all are selected in their order: readers show 1, 2, 3.
# Matters: "see page B-6" in the text and in citations points to nothing, or to another page of that number.
# Source: PyMuPDF's own delete_page and get_label beside select; ISO 32000-1, 12.4.2 (page labels); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python pymupdf==2.0 pypdf==7.1.1
cat > look.py <<'PY'
import pymupdf
import pypdf

writer = pypdf.PdfWriter()
for _ in range(3):
    writer.add_blank_page(100, 100)
writer.set_page_label(0, 2, style="/D", prefix="B-", start=5)
writer.write("report.pdf")


def change(how):
    document = pymupdf.open("report.pdf")
    how(document)
    document.save("part.pdf")
    return [page.get_label() for page in pymupdf.open("part.pdf")], pypdf.PdfReader("part.pdf").page_labels


deleted = change(lambda document: document.delete_page(2))
selected, same = change(lambda document: document.select([0, 1])), change(lambda document: document.select([0, 1, 2]))
print(deleted, selected, same)
assert deleted == (["B-5", "B-6"], ["B-5", "B-6"])
assert selected == (["", ""], ["1", "2"]) and same == (["", "", ""], ["1", "2", "3"]), "labels are kept now"
PY
python look.py
