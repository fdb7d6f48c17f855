#!/usr/bin/env bash
# pandoc reads an EPUB whose notes stand in a file of their own, marked in the reading order as linear="no".
# Expected: the notes come with the book, as markitdown and PyMuPDF give them: the mark says that one does not turn to them
#   page by page, but by a link.
# Happens: the file is left out, and the links to the notes lead nowhere.
# Matters: notes, answers, glossaries and tables of books made by publishers are stored this way; the text refers to what is
#   missing.
# Source: EPUB 3.3, 5.7.2 (itemref, linear: "no" is content that is reached from elsewhere); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 markitdown==0.1.9
cat > look.py <<'PY'
import zipfile

import pypandoc
from markitdown import MarkItDown

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile '
    'full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ITEM = '<item id="{0}" href="{0}.xhtml" media-type="application/xhtml+xml" {1}/>'
ITEMS = ITEM.format("nav", 'properties="nav"') + ITEM.format("text", "") + ITEM.format("notes", "")
PACKAGE = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>Piers</dc:title>'
    '<dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
    f'<manifest>{ITEMS}</manifest><spine><itemref idref="text"/><itemref idref="notes" linear="no"/></spine></package>'
)
HTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
PAGE = f"<html {HTML}><head><title>x</title></head>{{}}</html>"
PAGES = {
    "nav": '<body><nav epub:type="toc"><ol><li><a href="text.xhtml">Text</a></li></ol></nav></body>',
    "text": '<body><p>The pier is long.<a href="notes.xhtml#n1">1</a></p></body>',
    "notes": '<body><p id="n1">It has 950 metres.</p></body>',
}
with zipfile.ZipFile("t.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    book.writestr("META-INF/container.xml", CONTAINER)
    book.writestr("book.opf", PACKAGE)
    for name, body in PAGES.items():
        book.writestr(f"{name}.xhtml", PAGE.format(body))

seen = pypandoc.convert_file("t.epub", "plain")
other = MarkItDown().convert("t.epub").markdown
print("pandoc", pypandoc.get_pandoc_version(), repr(seen))
assert "The pier is long." in other and "950 metres" in other, other
assert "The pier is long." in seen and "950" not in seen, "the notes are read now"
PY
python look.py
