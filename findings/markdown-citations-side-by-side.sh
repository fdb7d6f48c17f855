#!/usr/bin/env bash
# marked, markdown-it and remark show an answer with two citations side by side, [1][2], and its list of sources below:
#   "[1]: lease.pdf" and "[2]: fees.pdf".
# Expected: two marks, each with its source, or the list as it is written.
# Happens: "[1][2]" is one link with the text 1, and leads to source 2: a bracket behind a bracket names the target. The
#   lines of the list are taken for definitions of links, and vanish. With a blank between the two there are two links, and
#   no list either.
# Matters: models write their sources in just this form; the number shown leads to another document than it stands for, and
#   the second citation is gone.
# Source: CommonMark 0.31, 4.7 (link reference definitions) and 6.3 (full reference links); what was seen by this script.
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

const remark = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify);
const shown = (text) => [marked.parse(text), new MarkdownIt().render(text), String(remark.processSync(text))].map((html) => html.trim());
const SOURCES = "\n\n[1]: lease.pdf\n[2]: fees.pdf";
const apart = shown("It is due in March [1] [2]." + SOURCES);
const together = shown("It is due in March [1][2]." + SOURCES);
console.log(apart[0], together);
const link = (number, file) => `<a href="${file}">${number}</a>`;
for (const html of apart) assert.equal(html, `<p>It is due in March ${link(1, "lease.pdf")} ${link(2, "fees.pdf")}.</p>`);
for (const html of together) assert.equal(html, `<p>It is due in March ${link(1, "fees.pdf")}.</p>`, "both are shown now");
JS
node look.mjs
