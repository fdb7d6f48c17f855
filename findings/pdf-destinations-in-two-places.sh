#!/usr/bin/env bash
# pypdf and PyMuPDF read the bookmarks of a PDF with two named destinations: "one" in the catalog's /Dests, the old place, and
#   "two" in its name tree (/Names), the new one, as files have it that were added to or put together.
# Expected: "One" leads to page 2 and "Two" to page 3: the standard allows both places, and names say by their kind where they
#   are looked up. libpdfium finds both.
# Happens: if there is a /Dests, the tree is not looked at: "Two" leads nowhere in pypdf, and to page 0 in PyMuPDF.
# Matters: chapters have no pages; a text cut at its bookmarks loses parts or takes others.
# Source: ISO 32000-1, 12.3.2.3 (named destinations: names in /Dests, strings in the name tree); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pymupdf==2.0 pypdfium2==5.15.2 pikepdf==10.18.0
cat > look.py <<'PY'
import pikepdf, pymupdf, pypdf, pypdfium2
from pikepdf import Array, Dictionary, Name, OutlineItem, String


def read(old):
    file = pikepdf.new()
    for _ in range(3):
        file.add_blank_page()
    places = [Array([page.obj, Name.Fit]) for page in file.pages]
    file.Root.Names = Dictionary(Dests=Dictionary(Names=[String("two"), places[2]]))
    with file.open_outline() as outline:
        if old:
            file.Root.Dests = Dictionary(one=places[1])
            outline.root.append(OutlineItem("One", Name.one))
        outline.root.append(OutlineItem("Two", String("two")))
    file.save("book.pdf")
    reader = pypdf.PdfReader("book.pdf")
    return {
        "libpdfium": [mark.get_dest().get_index() + 1 for mark in pypdfium2.PdfDocument("book.pdf").get_toc()],
        "PyMuPDF": [page for _, _, page in pymupdf.open("book.pdf").get_toc()],
        "pypdf": [reader.get_destination_page_number(mark) for mark in reader.outline],
    }


new, both = read(False), read(True)
print(new, both)
assert new == {"libpdfium": [3], "PyMuPDF": [3], "pypdf": [2]}
assert both["libpdfium"] == [2, 3]
assert both["PyMuPDF"] == [2, 0] and both["pypdf"] == [1, None], "both places are read now"
PY
python look.py
