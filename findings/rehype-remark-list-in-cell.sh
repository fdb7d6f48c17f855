#!/usr/bin/env bash
# rehype-remark (the unified collection) turns a table into Markdown (remark-gfm) with a list of two items in a cell.
# Expected: the row stays one line, as it does with <br> and with paragraphs in a cell, which become blanks.
# Happens: the list's line ends go into the table: the row is "| * Pump" and "* Valve | 2 |". What reads it has a table that
#   ends within the row, and a list after it.
# Matters: the value 2 stands in no table any more, and the rows behind it neither; here remark itself reads it again.
# Source: GitHub Flavored Markdown 0.29, 4.10 (a table is broken at the first line that is no row; no blocks in cells); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node unified@11.0.5 rehype-parse@9.0.1 rehype-remark@10.0.1 remark-gfm@4.0.1 remark-stringify@11.0.0 remark-parse@11.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkStringify from "remark-stringify";
import { unified } from "unified";

const read = unified().use(remarkParse).use(remarkGfm);
const blocks = async (cell) => {
    const page = `<table><tr><th>Parts</th><th>Count</th></tr><tr><td>${cell}</td><td>2</td></tr></table>`;
    const markdown = String(await unified().use(rehypeParse).use(rehypeRemark).use(remarkGfm).use(remarkStringify).process(page));
    console.log(markdown);
    return read.parse(markdown).children.map((block) => block.type);
};
assert.deepEqual(await blocks("Pump<br>Valve"), ["table"]);
assert.deepEqual(await blocks("<ul><li>Pump</li><li>Valve</li></ul>"), ["table", "list"], "the row is whole now");
JS
node look.mjs
