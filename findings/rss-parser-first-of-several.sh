#!/usr/bin/env bash
# rss-parser (npm) reads an Atom entry with two links, to itself (rel="self") and to its page (no rel), and an RSS item with
#   two files and a category that says where it comes from (domain).
# Expected: link is the page: without rel a link leads to what the entry is about; both files; "Rent", as a text.
# Happens: link is the address of the entry's own XML, because it comes first; one file, the first; an object { _: "Rent", $:
#   … } among texts.
# Matters: readers open XML instead of a page; the second recording or PDF is never fetched; lists of categories break on one
#   of them.
# Source: RFC 4287, 4.2.7.2 (rel: alternate is the default); RSS 2.0 (category: domain is optional); the README's list of
#   fields; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node rss-parser@3.13.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const Parser = require("rss-parser");

const links = '<link rel="self" href="https://a.example/5.xml"/><link href="https://a.example/5"/>';
const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>u</id><entry><title>t</title><id>e</id>${links}</entry></feed>`;
const files = ["a.mp3", "b.pdf"].map((name) => `<enclosure url="https://a.example/${name}" length="5" type="x/y"/>`).join("");
const categories = '<category domain="https://a.example/topics">Rent</category><category>Pier</category>';
const rss = `<rss version="2.0"><channel><title>x</title><item><title>t</title>${files}${categories}</item></channel></rss>`;
const look = async () => {
  const parser = new Parser();
  const [entry, item] = [(await parser.parseString(atom)).items[0], (await parser.parseString(rss)).items[0]];
  console.log(entry.link, item);
  assert.equal(entry.link, "https://a.example/5.xml", "pages are linked now");
  assert.equal(item.enclosure.url, "https://a.example/a.mp3", "all files are given now");
  assert.deepEqual(item.categories.map((category) => typeof category), ["object", "string"], "categories are texts now");
};
look();
JS
node look.cjs
