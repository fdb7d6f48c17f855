#!/usr/bin/env bash
# org (org-js, npm) turns an Org file without #+TITLE into HTML: a paragraph of two lines, "Berth four is free until May," and
#   "and berth five is not.", and then a heading.
# Expected: a paragraph with both lines: Org mode takes the name of the file for a title that is not given.
# Happens: the first line is the title, and the paragraph begins in the middle of its sentence. contentHTML, the text without the title,
#   lacks the first line; a file of one paragraph of one line has an empty contentHTML.
# Matters: the first sentence of notes without a title is cut in two, and with contentHTML its beginning is in no index.
# Source: Org's manual, 13.2 (Export Settings: TITLE; without it, the name of the file or buffer); org's lib/org/parser.js, which takes
#   the first line; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node org@0.2.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const org = require("org");

function convert(text) {
  return new org.Parser().parse(text).convert(org.ConverterHTML, { headerOffset: 1 });
}

const two = convert("Berth four is free until May,\nand berth five is not.\n\n* Piers\n");
const one = convert("Berth four is free.\n");
const titled = convert("#+TITLE: Berths\n\nBerth four is free.\n");
console.log([two.title, two.contentHTML, one.contentHTML, titled.contentHTML]);
assert.equal(titled.contentHTML.trim(), "<p>Berth four is free.</p>");
assert.equal(two.title.trim(), "Berth four is free until May,", "the first line is no title now");
assert.match(two.contentHTML, /^<p>and berth five is not\.<\/p>/);
assert.equal(one.contentHTML, "");
JS
node look.cjs
