#!/usr/bin/env bash
# vcard-parser (npm) reads an address book, which is one file with a card for each of three people, as phones and mail programs export
#   it; the second one has no number.
# Expected: three cards; or an error, if it reads one card only.
# Happens: one card: all names are in one list and all numbers in another, and the number of the third person stands beside the name of
#   the second. What it writes is a card with three versions and three names.
# Matters: numbers and addresses belong to other people, in silence, and by the file alone it cannot be told any more.
# Source: RFC 6350, 3.3 (a stream of one or more vCards, each from BEGIN to END); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node vcard-parser@1.0.0
cat > look.js <<'JS'
const assert = require("node:assert");
const { generate, parse } = require("vcard-parser");

const card = (name, number) => `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\n${number ? `TEL:${number}\r\n` : ""}END:VCARD\r\n`;
const book = parse(card("Anna", "111") + card("Bob") + card("Carl", "333"));
const values = (name) => book[name].map((field) => field.value);
const written = generate(book);
console.log(values("fn"), values("tel"), JSON.stringify(written));
assert.deepEqual(values("fn"), ["Anna", "Bob", "Carl"], "cards are apart now");
assert.deepEqual(values("tel"), ["111", "333"]);
assert.equal(written.match(/BEGIN:VCARD/g).length, 1);
assert.equal(written.match(/VERSION:/g).length, 3);
JS
node look.js
