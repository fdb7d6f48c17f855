#!/usr/bin/env bash
# fast-xml-parser reads a sentence with marked words: <p>The <b>north</b> pier <b>is</b> closed</p>.
# Expected: the text of the paragraph apart from its elements, "The  pier  closed", if they are sorted by name.
# Happens: each piece is stripped before they are joined: "Thepierclosed". Even with preserveOrder the blanks are gone, so that
#   "The", "north" and "pier" cannot be put together rightly. trimValues: false keeps them.
# Matters: articles, laws and patents in XML are mixed text; their words are joined, and no search finds them.
# Source: XML 1.0, 2.10 (all white space in content is passed to the application); fast-xml-parser's documentation of trimValues;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node fast-xml-parser@5.12.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { XMLParser } from "fast-xml-parser";

const TEXT = "<p>The <b>north</b> pier <b>is</b> closed</p>";
const read = (options) => new XMLParser(options).parse(TEXT);
const plain = read({});
const ordered = read({ preserveOrder: true })[0].p.map((piece) => piece["#text"] ?? piece.b[0]["#text"]);
console.log(JSON.stringify({ plain, ordered }));
assert.equal(read({ trimValues: false }).p["#text"], "The  pier  closed");
assert.equal(plain.p["#text"], "Thepierclosed", "words are apart now");
assert.deepEqual(ordered, ["The", "north", "pier", "is", "closed"], "blanks are kept now");
JS
node look.mjs
