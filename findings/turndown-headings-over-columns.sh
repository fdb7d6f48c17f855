#!/usr/bin/env bash
# turndown (with its plugin for tables) and html2text turn a table into Markdown in which a heading spans two columns;
#   marked and markdown-it show the Markdown.
# Expected: two values in the row below, whatever becomes of the heading: an empty cell beside it, as markdownify writes
#   one.
# Happens: the heading has two cells, the rows three; cells that a row has too many are no part of a table of Markdown, so
#   the last value of each row is not shown.
# Matters: a column of numbers is gone from answers, previews and all that is made of the Markdown.
# Source: GitHub Flavored Markdown 0.29, 4.10 (excess cells are ignored); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15 markdownify==1.2.3
with_node turndown@7.2.5 turndown-plugin-gfm@1.0.2 marked@18.2.1 markdown-it@15.0.3
cat > make.py <<'PY'
import html2text, markdownify

HEAD = '<thead><tr><th>Site</th><th colspan="2">Rain</th></tr></thead>'
PAGE = f"<table>{HEAD}<tbody><tr><td>North</td><td>14</td><td>15</td></tr></tbody></table>"
for name, text in (("page.html", PAGE), ("html2text.md", html2text.html2text(PAGE)), ("right.md", markdownify.markdownify(PAGE))):
    with open(name, "w") as file:
        file.write(text)
PY
python make.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import MarkdownIt from "markdown-it";
import { marked } from "marked";
import Turndown from "turndown";
import { gfm } from "turndown-plugin-gfm";

const read = (path) => fs.readFileSync(path, "utf8").trim();
const cells = (html) => [...html.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((match) => match[1]);
const turndown = new Turndown();
turndown.use(gfm);
const seen = [turndown.turndown(read("page.html")), read("html2text.md")];
console.log(read("right.md"), ...seen);
for (const show of [(text) => marked.parse(text), (text) => new MarkdownIt().render(text)]) {
  assert.deepEqual(cells(show(read("right.md"))), ["North", "14", "15"]);
  for (const markdown of seen) assert.deepEqual(cells(show(markdown)), ["North", "14"], "no cell is too many now");
}
JS
node look.mjs
