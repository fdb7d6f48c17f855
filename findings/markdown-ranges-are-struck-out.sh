#!/usr/bin/env bash
# marked and remark-gfm (react-markdown's tables and lists) show a sentence with two ranges, written with a tilde as in
#   East Asia, and in German or English notes: "10~20 kg, in winter 30~40 kg".
# Expected: the sentence as it is: what is struck out stands between two tildes on each side, as in ~~gone~~; so
#   markdown-it and streaming-markdown show it.
# Happens: "20 kg, in winter 30" is struck out, and the tildes are gone. In remark-gfm singleTilde: false turns it off.
# Matters: doses, hours and prices are shown as if they were withdrawn; one range in a paragraph is right, two are not.
# Source: GitHub Flavored Markdown, 6.5 (one or two tildes), which GitHub itself follows; pandoc's manual, strikeout (two);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node marked@18.2.1 markdown-it@15.0.3 unified@11.0.5 remark-parse@11.0.0 remark-gfm@4.0.1 remark-rehype@11.1.2 rehype-stringify@10.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import MarkdownIt from "markdown-it";
import { marked } from "marked";
import rehypeStringify from "rehype-stringify";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

const remark = (options) => (text) =>
    String(unified().use(remarkParse).use(remarkGfm, options).use(remarkRehype).use(rehypeStringify).processSync(text));
const shown = (show) => show("Carries 10~20 kg, in winter 30~40 kg.").trim();
const html = [(text) => marked.parse(text), remark({})].map(shown);
const right = [(text) => new MarkdownIt().render(text), remark({ singleTilde: false })].map(shown);
console.log(html, right);
for (const text of right) assert.equal(text, "<p>Carries 10~20 kg, in winter 30~40 kg.</p>");
for (const text of html) assert.equal(text, "<p>Carries 10<del>20 kg, in winter 30</del>40 kg.</p>", "ranges stay now");
JS
node look.mjs
