#!/usr/bin/env bash
# pypdf, pikepdf and PyMuPDF join a report, whose pages are called A-1 and A-2, and its annex with B-5 and B-6.
# Expected: A-1, A-2, B-5, B-6: the names are part of both files, and the text refers to them.
# Happens: pikepdf and PyMuPDF: A-1, A-2, A-3, A-4: the names of the first file run on over the second. pypdf: 1, 2, 3, 4.
#   libpdfium has 1 to 4 as well.
# Matters: "page B-5" of the annex cannot be found, and A-3 is a page that the report never had.
# Source: ISO 32000-1, 12.4.2 (a label holds from its page to the next one that has one); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypdf==7.1.1 pikepdf==10.18.0 pymupdf==2.0 pypdfium2==5.15.2
cat > look.py <<'PY'
import pikepdf, pymupdf, pypdf, pypdfium2

for prefix, start in (("A-", 1), ("B-", 5)):
    writer = pypdf.PdfWriter()
    for _ in range(2):
        writer.add_blank_page(100, 100)
    writer.set_page_label(0, 1, style="/D", prefix=prefix, start=start)
    writer.write(f"{prefix}.pdf")

joined = pypdf.PdfWriter()
joined.append("A-.pdf")
joined.append("B-.pdf")
joined.write("pypdf.pdf")
file = pikepdf.open("A-.pdf")
file.pages.extend(pikepdf.open("B-.pdf").pages)
file.save("pikepdf.pdf")
document = pymupdf.open("A-.pdf")
document.insert_pdf(pymupdf.open("B-.pdf"))
document.save("PyMuPDF.pdf")
pages = pypdfium2.PdfDocument.new()
for name in ("A-.pdf", "B-.pdf"):
    pages.import_pages(pypdfium2.PdfDocument(name))
pages.save("libpdfium.pdf")
seen = {name: pypdf.PdfReader(f"{name}.pdf").page_labels for name in ("pikepdf", "PyMuPDF", "pypdf", "libpdfium")}
print(seen, pypdf.PdfReader("B-.pdf").page_labels)
assert pypdf.PdfReader("B-.pdf").page_labels == ["B-5", "B-6"]
assert seen["pikepdf"] == seen["PyMuPDF"] == ["A-1", "A-2", "A-3", "A-4"], "names are kept now"
assert seen["pypdf"] == seen["libpdfium"] == ["1", "2", "3", "4"], "names are kept now"
PY
python look.py
