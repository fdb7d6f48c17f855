#!/usr/bin/env bash
# EbookLib writes a book with two chapters: a note (<aside epub:type="footnote" id="n1">) stands in the first one, and marks
#   of the pages of the printed book (epub:type="pagebreak") in both.
# Expected: a list of pages with the pages, 11 and 12, by which readers find what is cited.
# Happens: the list has whatever has a kind and an id: the note is a page as well, "n1"; and the pages are "p11" and "p12", by
#   their ids, though each has its number as its title.
# Matters: lists of pages are what page numbers of citations stand on; in this one page 11 is not to be found, and a note is.
# Source: EPUB 3.3, 5.4 (page-list: destinations of page breaks) and the vocabulary of epub:type; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python EbookLib==0.20
cat > look.py <<'PY'
import zipfile
from ebooklib import epub
from lxml import etree

BODY = '<h1>Lease {0}</h1><p><span epub:type="pagebreak" id="p{0}" title="{0}"/>The rent is 950.</p>'
NOTE = '<aside epub:type="footnote" id="n1"><p>Due on the 5th.</p></aside>'
book = epub.EpubBook()
book.set_identifier("lease")
book.set_title("Lease")
for number, note in ((11, NOTE), (12, "")):
    chapter = epub.EpubHtml(title=f"Lease {number}", file_name=f"{number}.xhtml", content=BODY.format(number) + note)
    book.add_item(chapter)
    book.toc.append(chapter)
    book.spine.append(chapter)
book.add_item(epub.EpubNav())
epub.write_epub("lease.epub", book)
page = etree.fromstring(zipfile.ZipFile("lease.epub").read("EPUB/nav.xhtml"))
pages = page.xpath('//x:nav[@id="pages"]//x:a', namespaces={"x": "http://www.w3.org/1999/xhtml"})
seen = [(link.get("href"), "".join(link.itertext()).strip()) for link in pages]
print(seen)
assert seen == [("11.xhtml#p11", "p11"), ("11.xhtml#n1", "n1"), ("12.xhtml#p12", "p12")], "only pages are listed now"
PY
python look.py
