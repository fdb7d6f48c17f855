#!/usr/bin/env bash
# rehype-remark (the unified collection) turns a page into Markdown with a table that has a caption.
# Expected: the caption as a paragraph beside the table: Markdown has none of its own, and texts of other elements without a
#   form in Markdown (summary, legend, figcaption) are kept as text.
# Happens: the caption is left out.
# Matters: it says what the table is of, the year and the unit ("Output in MW, 2023"); the figures stay without it.
# Source: HTML Standard, 4.9.2 (caption: the title of the table); hast-util-to-mdast's readme (unknown elements: their children
#   are kept); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node unified@11.0.5 rehype-parse@9.0.1 rehype-remark@10.0.1 remark-gfm@4.0.1 remark-stringify@11.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";

const PAGE = "<figure><figcaption>Plan of sites</figcaption></figure>" +
    "<table><caption>Output in MW, 2023</caption><tr><th>Site</th></tr><tr><td>North</td></tr></table>";
const markdown = String(await unified().use(rehypeParse).use(rehypeRemark).use(remarkGfm).use(remarkStringify).process(PAGE));
console.log(markdown);
assert.ok(markdown.includes("Plan of sites") && markdown.includes("| North |"), markdown);
assert.ok(!markdown.includes("2023"), "the caption is kept now");
JS
node look.mjs
