#!/usr/bin/env bash
# node-html-parser gives the texts of a page: text and innerText, and structuredText, which keeps lines apart: a block of code
#   as Markdown programs write it (<pre><code>), a sentence with escapes, a table with headings of columns.
# Expected: the code without tags; "R&D" from both, as text is "like innerText"; a line or a blank between headings as between
#   cells.
# Happens: "<code>a = 1</code>" with its tags, from all three; innerText has "R&amp;D"; structuredText has "SiteRent" for two
#   headings, while cells are set apart.
# Matters: tags and escapes are indexed as words, and names of columns grow together above their values.
# Source: the README (text: unescaped, "like innerText"; pre is kept as text when parsed); HTML's standard, 4.4.3 (pre) and
#   3.2.7; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node node-html-parser@9.0.7
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { parse } = require("node-html-parser");

const code = parse("<p>Run:</p><pre><code>a = 1</code></pre>");
const company = parse("<p>R&amp;D</p>");
const table = parse("<table><tr><th>Site</th><th>Rent</th></tr><tr><td>North</td><td>950</td></tr></table>");
const seen = [code.text, code.structuredText, company.text, company.innerText, table.structuredText];
console.log(seen);
assert.deepEqual(seen.slice(0, 2), ["Run:<code>a = 1</code>", "Run:\n<code>a = 1</code>"], "tags are read now");
assert.deepEqual(seen.slice(2, 4), ["R&D", "R&amp;D"], "escapes are undone now");
assert.equal(seen[4], "SiteRent\nNorth\n950", "headings are set apart now");
JS
node look.cjs
