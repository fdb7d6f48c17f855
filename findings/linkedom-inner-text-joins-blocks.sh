#!/usr/bin/env bash
# linkedom (npm), a document of the browser for Node, gives the text of a page as it is seen (innerText): a heading and the
#   words behind it, a table of four cells, a block of two lines.
# Expected: as in browsers: a line end behind the heading, a tab between cells and a line end between rows, and the lines of
#   the block.
# Happens: "Rent950" and "5670": what follows a block without a block of its own, and all cells, are joined; and "a b" for two
#   lines of <pre>. Two paragraphs have their line end, so it is textContent that one would suspect.
# Matters: headings and amounts grow together in texts made for search and models; code is one line.
# Source: HTML's standard, 3.2.7 (innerText: blocks, cells, rows, white space); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node linkedom@0.18.15
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parseHTML } from "linkedom";

const text = (page) => parseHTML(`<!doctype html><html><body>${page}</body></html>`).document.body.innerText;
const table = "<table><tr><td>5</td><td>6</td></tr><tr><td>7</td><td>0</td></tr></table>";
const seen = ["<p>Rent</p><p>950</p>", "<h2>Rent</h2>950", table, "<pre>a\nb</pre>"].map(text);
console.log(seen);
assert.deepEqual(seen, ["Rent\n950", "Rent950", "5670", "a b"], "blocks are set apart now");
JS
node look.mjs
