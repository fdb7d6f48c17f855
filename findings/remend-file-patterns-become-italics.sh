#!/usr/bin/env bash
# remend (of Streamdown, which shows answers of models in React) closes marks of Markdown that are still open, before a renderer sees
#   the text. Finished sentences have a lone star: "Delete *.log and *.tmp" has two, "all *.log files" has one; "2**10 is 1024".
# Expected: stars that are no marks stay as they are, as a renderer of CommonMark shows them: an open mark without an end is text.
# Happens: a star is put at the end: "all *.log files.*", and the rest of the paragraph is in italics with the star gone; "2**10 is 1024**"
#   is a 2 and bold words. A finished text is changed as well as an unfinished one: nothing tells the function that it is the end.
# Matters: patterns of files and powers in answers lose their signs, "210" stands for 2**10, also when the answer is complete.
# Source: CommonMark 0.31, 6.2 (emphasis needs both ends); the README of remend; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node remend@1.4.0 marked@18.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { marked } from "marked";
import remend from "remend";

const TEXTS = ["Delete all *.log files.", "2**10 is 1024.", "5 * 3 is 15."];
const shown = (text) => marked.parse(text).trim();
const [plain, mended] = [TEXTS.map(shown), TEXTS.map((text) => shown(remend(text)))];
console.log(plain, mended);
assert.deepEqual(plain, TEXTS.map((text) => `<p>${text}</p>`));
assert.equal(mended[2], plain[2]);
assert.equal(mended[0], "<p>Delete all <em>.log files.</em></p>", "lone stars stay now");
assert.equal(mended[1], "<p>2<strong>10 is 1024.</strong></p>", "powers stay now");
JS
node look.mjs
