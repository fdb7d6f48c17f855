#!/usr/bin/env bash
# listparser (Python) reads a list of feeds (OPML) whose title stands in a CDATA section, as writers put names with an ampersand.
# Expected: "Rent & Law": CDATA is a way to write text, as "&amp;" is.
# Happens: with lxml installed the title is "<![CDATA[Rent & Law]]>", with the marks, and the owner's name in such a section is lost;
#   without lxml there is no title and no owner. With "&amp;" all are right. No sign of an error is set (bozo).
# Matters: lists written by feedsmith and by programs in PHP have marks of XML in their names, or none.
# Source: XML 1.0, 2.7 (CDATA sections); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python listparser==0.20 lxml==6.1.3
cat > look.py <<'PY'
import listparser


def read(name):
    made = f'<?xml version="1.0"?><opml version="2.0"><head><title>{name}</title><ownerName>{name}</ownerName></head>'
    made += '<body><outline text="One" type="rss" xmlUrl="https://a.example/feed"/></body></opml>'
    found = listparser.parse(made)
    return found.bozo, found.meta.get("title"), found.meta.get("author", {}).get("name"), found.feeds[0].url


FEED = "https://a.example/feed"
ESCAPED, SECTION = "Rent &amp; Law", "<![CDATA[Rent & Law]]>"
seen = [read(ESCAPED), read(SECTION)]
listparser.lxml = None
alone = [read(ESCAPED), read(SECTION)]
print(seen, alone)
assert seen[0] == alone[0] == (False, "Rent & Law", "Rent & Law", FEED), seen[0]
assert seen[1] == (False, SECTION, None, FEED), "CDATA is read now"
assert alone[1] == (False, None, None, FEED), "CDATA is read now"
PY
python look.py
