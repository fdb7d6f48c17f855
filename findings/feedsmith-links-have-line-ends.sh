#!/usr/bin/env bash
# feedsmith (npm) writes a feed with links that have an ampersand, "https://a.example/?p=1&q=2"; readers of XML read it.
# Expected: the link as it was; "&amp;" in the file.
# Happens: a line end and eight blanks before it, and so behind it: values with "&" or "<" are set in a section of their own (CDATA), on
#   a line of its own, and the blanks around it are part of the text. So it is with titles, categories and the guid; values without
#   these signs are right. feedsmith itself cuts the blanks when it reads.
# Matters: the guid, by which readers know an item, differs from the one before and after a change of library; links are no links to
#   programs that do not cut blanks.
# Source: XML 1.0, 2.10 and 2.7 (all white space is handed on; CDATA may stand beside other text); RSS 2.0 (guid: the whole string);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node feedsmith@3.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { writeFileSync } from "node:fs";
import { generateRssFeed, parseRssFeed } from "feedsmith";

const item = (link, title) => ({ title, link, guid: { value: link } });
const items = [item("https://a.example/1", "Rent"), item("https://a.example/?p=1&q=2", "Rent & Law")];
const made = generateRssFeed({ title: "News", link: "https://a.example/", description: "of rent", items });
writeFileSync("made.rss", made);
assert.deepEqual(parseRssFeed(made).items.map((read) => read.link), items.map((given) => given.link));
JS
node look.mjs
cat > look.py <<'PY'
from xml.etree import ElementTree

seen = [[item.findtext(name) for name in ("title", "link", "guid")] for item in ElementTree.parse("made.rss").iter("item")]
print(seen)
assert seen[0] == ["Rent", "https://a.example/1", "https://a.example/1"], seen[0]
blanks = ["\n        {}\n      ".format(text) for text in ("Rent & Law", "https://a.example/?p=1&q=2", "https://a.example/?p=1&q=2")]
assert seen[1] == blanks, "values have no blanks around them now"
PY
python3 look.py
