#!/usr/bin/env bash
# kreuzberg reads an EPUB of three chapters, one of which is the file "part two.xhtml"; the package names it
#   "part%20two.xhtml".
# Expected: all three: names in a package are URLs, in which a blank is %20. EbookLib, markitdown and PyMuPDF read it.
# Happens: the chapter is left out, without an error or a warning; the name is looked for in the archive as it is written.
# Matters: chapters with a blank, an umlaut or a bracket in their names are missing from the book, the others are there.
# Source: EPUB 3.3, 5.6.1 (href: a valid URL, relative and percent-encoded) and 4.2.5 (from URLs to file names); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4 ebooklib==0.17.1
cat > look.py <<'PY'
import warnings
import zipfile

from ebooklib import ITEM_DOCUMENT, epub
from kreuzberg import extract_file_sync

warnings.simplefilter("ignore")
CHAPTERS = {"one.xhtml": "The first", "part two.xhtml": "The second", "three.xhtml": "The third"}
NAMES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
XHTML = f"<html {NAMES}><head><title>t</title></head><body>{{}}</body></html>"
items = "".join(
    f'<item id="c{number}" href="{name.replace(" ", "%20")}" media-type="application/xhtml+xml"/>'
    for number, name in enumerate(CHAPTERS)
)
package = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">'
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier><dc:title>Book</dc:title>'
    '<dc:language>en</dc:language><meta property="dcterms:modified">2024-01-01T00:00:00Z</meta></metadata><manifest>'
    f'<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>{items}</manifest>'
    f'<spine>{"".join(f"""<itemref idref="c{number}"/>""" for number in range(3))}</spine></package>'
)
container = (
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
with zipfile.ZipFile("t.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", container)
    book.writestr("OPS/p.opf", package)
    book.writestr("OPS/nav.xhtml", XHTML.format('<nav epub:type="toc"><ol><li><a href="one.xhtml">One</a></li></ol></nav>'))
    for name, words in CHAPTERS.items():
        book.writestr(f"OPS/{name}", XHTML.format(f"<p>{words} chapter.</p>"))

other = " ".join(item.get_content().decode() for item in epub.read_epub("t.epub").get_items_of_type(ITEM_DOCUMENT))
text = extract_file_sync("t.epub").content
print(repr(text))
assert all(words in other for words in CHAPTERS.values())
assert "The first" in text and "The third" in text and "The second" not in text, "the chapter is read now"
PY
python look.py
