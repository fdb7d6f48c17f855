#!/usr/bin/env bash
# textversionjs (npm) makes the text version of a mail of HTML: "R&amp;D: dose &lt; 5 mg", a link in single quotation marks, a
#   list whose items are not closed, as HTML allows.
# Expected: "R&D: dose < 5 mg", the link's text with its address as [text] (address), and two items.
# Happens: the escapes stay as they are (only &nbsp; is undone); the link is <a href='…'>, in the text; and so are the <li>.
#   With double quotation marks and </li> the two are right.
# Matters: who reads mails as text has the source of a page before them, and search finds "amp" and "lt".
# Source: HTML's standard, 13.1.2.3 (attributes) and 13.1.2.4 (optional tags); the README; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node textversionjs@1.1.3
cat > look.cjs <<'JS'
const assert = require("node:assert");
const textVersion = require("textversionjs");

const seen = [
  "<p>R&amp;D: dose &lt; 5 mg</p>",
  '<a href="https://a.example">Lease</a>',
  "<a href='https://a.example'>Lease</a>",
  "<ol><li>Rent<li>Fee</ol>",
].map((html) => textVersion(html).trim());
console.log(seen);
assert.equal(seen[0], "R&amp;D: dose &lt; 5 mg", "escapes are undone now");
assert.ok(!seen[1].includes("<a "));
assert.ok(seen[2].includes("<a href='https://a.example'>"), "links are read now");
assert.ok(seen[3].includes("<li>Rent<li>Fee"), "items are read now");
JS
node look.cjs
