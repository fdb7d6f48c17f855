#!/usr/bin/env bash
# marked, markdown-it, remark, mistune and Python-Markdown show an answer that lists clauses of a contract by their
#   numbers: 5, 7, 9.
# Expected: 5, 7 and 9, as they are written.
# Happens: the first number is where the list begins, and the others are not looked at: 5, 6, 7. Python-Markdown leaves out
#   the first as well: 1, 2, 3. "5\." keeps the numbers.
# Matters: the page cites clauses that say something else, and the text that is copied from it does, too; in the model's
#   answer and in the log the numbers are right.
# Source: CommonMark 0.31, 5.3 (the start number is that of the first item; further numbers are disregarded); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node marked@18.2.1 markdown-it@15.0.3 unified@11.0.5 remark-parse@11.0.0 remark-rehype@11.1.2 rehype-stringify@10.0.1
with_python Markdown==3.11.3 mistune==3.4.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import MarkdownIt from "markdown-it";
import { marked } from "marked";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

const CLAUSES = "5. Rent\n7. Deposit\n9. Keys\n";
const remark = unified().use(remarkParse).use(remarkRehype).use(rehypeStringify);
for (const html of [marked.parse(CLAUSES), new MarkdownIt().render(CLAUSES), String(remark.processSync(CLAUSES))]) {
    const list = html.replaceAll("\n", "");
    console.log(list);
    assert.equal(list, '<ol start="5"><li>Rent</li><li>Deposit</li><li>Keys</li></ol>', "items have numbers now");
}
JS
cat > look.py <<'PY'
import markdown
import mistune

CLAUSES = "5. Rent\n7. Deposit\n9. Keys\n"
ITEMS = "<li>Rent</li><li>Deposit</li><li>Keys</li></ol>"
plain, other = (show(CLAUSES).replace("\n", "") for show in (markdown.markdown, mistune.html))
print("Python-Markdown", plain, "mistune", other)
assert other == '<ol start="5">' + ITEMS, other
assert plain == "<ol>" + ITEMS, "the first number is kept now"
PY
node look.mjs
python look.py
