#!/usr/bin/env bash
# node-html-markdown turns a table into Markdown with a cell of two lines, by <br> or by two paragraphs.
# Expected: a blank or <br> between the lines: the row has to stay one line.
# Happens: nothing: "Elm Street 4Springfield".
# Matters: addresses, names and opening hours in tables stand in two lines; the last word of one and the first of the next are
#   found by no query, and "4Springfield" is embedded.
# Source: GitHub Flavored Markdown 0.29, 4.10 (a cell's text; line breaks as HTML); HTML Standard, 4.5.27 (br); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node node-html-markdown@2.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { NodeHtmlMarkdown } from "node-html-markdown";

const HEAD = "<tr><th>Site</th><th>Address</th></tr>";
const row = (cell) => NodeHtmlMarkdown.translate(`<table>${HEAD}<tr><td>North</td><td>${cell}</td></tr></table>`);
const rows = ["Elm Street 4<br>Springfield", "<p>Elm Street 4</p><p>Springfield</p>"].map(row);
console.log(rows.join("\n"));
assert.ok(NodeHtmlMarkdown.translate("<p>Elm Street 4<br>Springfield</p>").split(/\s+/).includes("Springfield"));
for (const text of rows) assert.match(text, /\| North +\| Elm Street 4Springfield +\|/, "the lines are apart now");
JS
node look.mjs
