#!/usr/bin/env bash
# epub2 (npm) reads who wrote a book, and what it has for chapters: a book in EPUB 3 with two authors, and with the contents that this
#   version of the format asks for (a file of links, nav).
# Expected: both authors; and the chapter's title, "One".
# Happens: only the first author (metadata.creator is one text), while several subjects are a list. The contents are empty and chapters
#   have no titles, for only the older list (NCX) is read; the version is told as "3.0", without an error.
# Matters: books of two authors are filed under one, and are not found by the other; a new book is one long row without headings.
# Source: EPUB 3.3 (dc:creator may be repeated, one for each; the navigation document is required, NCX is of older versions);
#   epub2/lib/epub.js (case "creator"); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node epub2@3.0.2
cat > make.py <<'PY'
import zipfile

OPF = "http://www.idpf.org/2007/opf"
XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
PAGE = "<html " + XHTML + "><head><title>{0}</title></head><body>{1}</body></html>"
FILES = {
    "mimetype": "application/epub+zip",
    "META-INF/container.xml": '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
    "book.opf": f'<package version="3.0" xmlns="{OPF}" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
    '<dc:identifier id="i">urn:uuid:1</dc:identifier><dc:title>Rents</dc:title><dc:language>en</dc:language>'
    "<dc:creator>Anna Miller</dc:creator><dc:creator>Bob Smith</dc:creator><dc:subject>law</dc:subject><dc:subject>rent</dc:subject>"
    '<meta property="dcterms:modified">2024-03-05T10:00:00Z</meta></metadata>'
    '<manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>',
    "nav.xhtml": PAGE.format("Contents", '<nav epub:type="toc"><ol><li><a href="a.xhtml">One</a></li></ol></nav>'),
    "a.xhtml": PAGE.format("One", "<h1>One</h1><p>The rent is 950.</p>"),
}
with zipfile.ZipFile("book.epub", "w") as book:
    for name, text in FILES.items():
        book.writestr(name, text)
PY
python3 make.py
cat > look.js <<'JS'
const assert = require("node:assert");
const { EPub } = require("epub2");

(async () => {
    const book = await EPub.createAsync("book.epub");
    const seen = [book.version, book.metadata.creator, book.metadata.subject, book.toc.length, book.flow.map((part) => part.title)];
    console.log(seen);
    assert.deepEqual([seen[0], seen[2]], ["3.0", ["law", "rent"]]);
    assert.equal(seen[1], "Anna Miller", "all authors are given now");
    assert.deepEqual([seen[3], seen[4]], [0, [undefined]], "the contents of EPUB 3 are read now");
})();
JS
node look.js
