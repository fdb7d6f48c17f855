#!/usr/bin/env bash
# EbookLib lists the documents of an EPUB (get_items_of_type).
# Expected: in the order in which they are read, the spine.
# Happens: in the order of the manifest, in which files may stand in any order; the table of contents is among them.
# Matters: a book whose manifest is sorted otherwise is read with its chapters mixed up.
# Source: EPUB 3.3, 5.6 (manifest: order has no meaning) and 5.7 (spine); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python EbookLib==0.20
cat > look.py <<'PY'
import zipfile
from ebooklib import ITEM_DOCUMENT, epub

XHTML = "application/xhtml+xml"
html = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{0}</title></head><body>{1}</body></html>'
nav = '<nav xmlns:e="http://www.idpf.org/2007/ops" e:type="toc"><ol><li><a href="one.xhtml">1</a></li></ol></nav>'
with zipfile.ZipFile("t.epub", "w") as z:
    z.writestr("mimetype", "application/epub+zip")
    z.writestr("META-INF/container.xml", '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:'
               'container"><rootfiles><rootfile full-path="c.opf" media-type="application/oebps-package+xml"/>'
               "</rootfiles></container>")
    z.writestr("c.opf", '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata '
               'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">x</dc:identifier><dc:title>T</dc:title>'
               "<dc:language>en</dc:language></metadata><manifest>"
               f'<item id="b" href="two.xhtml" media-type="{XHTML}"/><item id="a" href="one.xhtml" media-type="{XHTML}"/>'
               f'<item id="n" href="nav.xhtml" media-type="{XHTML}" properties="nav"/></manifest>'
               '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>')
    for name in ("one", "two"):
        z.writestr(f"{name}.xhtml", html.format(name, f"<p>Chapter {name}</p>"))
    z.writestr("nav.xhtml", html.format("nav", nav))
book = epub.read_epub("t.epub")
listed = [item.get_name() for item in book.get_items_of_type(ITEM_DOCUMENT)]
spine = [book.get_item_with_id(name).get_name() for name, _ in book.spine]
print("listed", listed, "spine", spine)
assert spine == ["one.xhtml", "two.xhtml"], spine
assert listed == ["two.xhtml", "one.xhtml", "nav.xhtml"], "the order has changed"
PY
python look.py
