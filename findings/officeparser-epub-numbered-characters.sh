#!/usr/bin/env bash
# officeparser (npm) reads an EPUB with characters that are written by their numbers: M&#252;ller, &#8364; 5, 5&#160;km.
# Expected: Müller, € 5 and a blank: in XML such references are the characters; &amp; and &lt; are read.
# Happens: they stay: "M&#252;ller", "&#8364; 5", "5&#160;km".
# Matters: converters write whole books of other languages that way: no word with such a letter is found.
# Source: XML 1.0, 4.1 (character references); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0
cat > make.py <<'PY'
import zipfile

WORDS = "M&#252;ller owes &#8364; 5 &amp; 5&#160;km"
PAGE = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>One</title></head><body><p>{WORDS}</p></body></html>'
CONTAINER = '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>' \
    '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
NAMES = '<dc:identifier id="i">x</dc:identifier><dc:title>Book</dc:title><dc:language>en</dc:language>'
ITEM = 'id="a" href="a.xhtml" media-type="application/xhtml+xml"'
PACKAGE = '<package xmlns="http://www.idpf.org/2007/opf" version="2.0" unique-identifier="i"><metadata ' \
    f'xmlns:dc="http://purl.org/dc/elements/1.1/">{NAMES}</metadata><manifest><item {ITEM}/></manifest>' \
    '<spine><itemref idref="a"/></spine></package>'
with zipfile.ZipFile("book.epub", "w") as book:
    book.writestr("mimetype", "application/epub+zip")
    for name, text in (("META-INF/container.xml", CONTAINER), ("book.opf", PACKAGE), ("a.xhtml", PAGE)):
        book.writestr(name, text)
PY
python3 make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";

const text = (await officeParser.parseOffice("book.epub")).toText();
console.log(text);
assert.equal(text, "M&#252;ller owes &#8364; 5 & 5&#160;km", "numbered characters are read now");
JS
node look.mjs
