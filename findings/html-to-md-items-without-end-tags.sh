#!/usr/bin/env bash
# html-to-md (npm) turns pages into Markdown as they may be written: items and cells without end tags, tags in capitals,
#   attributes without quotation marks; and a table whose rows begin with a heading.
# Expected: the items, cells, paragraphs and links: browsers take all of this, HTML says so.
# Happens: an empty text for the list, the table and what is in capitals; "[Lease]()" for the link; and of the table with
#   headings of rows only the first column has a heading, so that readers of Markdown drop the second: "| Rent |" without 950.
# Matters: whole lists and old pages vanish without an error, in the middle of pages that are read otherwise.
# Source: HTML's standard, 13.1.2.4 (optional tags), 13.1.2 (names in any case), 13.1.2.3 (unquoted values); GFM 4.10; what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node html-to-md@0.8.8 markdown-it@15.0.3
cat > look.cjs <<'JS'
const assert = require("node:assert");
const htmlToMd = require("html-to-md");
const MarkdownIt = require("markdown-it");

const convert = htmlToMd.default ?? htmlToMd;
const pages = [
  "<p>Due:</p><ul><li>Rent<li>Fee</ul><p>End</p>",
  "<table><tr><td>Rent<td>950<tr><td>Fee<td>20</table>",
  "<P>The rent is 950.</P>",
  "<a href=https://a.example/lease>Lease</a>",
];
const seen = pages.map((page) => convert(page));
const fields = convert("<table><tr><th>Rent</th><td>950</td></tr><tr><th>Fee</th><td>20</td></tr></table>");
const shown = (MarkdownIt.default ?? MarkdownIt)().render(fields).replace(/<[^>]*>/g, " ").split(/\s+/).filter(Boolean);
console.log(seen, fields, shown);
assert.deepEqual(seen, ["Due:\n\nEnd", "", "", "[Lease]()"], "pages are read whole now");
assert.deepEqual(shown, ["Rent", "Fee"], "values are kept now");
JS
node look.cjs
