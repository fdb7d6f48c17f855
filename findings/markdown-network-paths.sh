#!/usr/bin/env bash
# marked, markdown-it, remark and Python-Markdown show an answer that says where a file is: \\nas\scans\_new and C:\#lists.
# Expected: the paths as they are written: a backslash begins nothing in a sentence of words.
# Happens: \nas\scans_new and C:#lists: a backslash before any sign, and before another backslash, is taken out; before a
#   letter it stays. Within `…` all stay.
# Matters: the path of a share begins with two backslashes, so every one of them is shown, and copied, wrong; that the
#   others inside it stay hides it.
# Source: CommonMark 0.31, 2.4 (backslash escapes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node marked@18.2.1 markdown-it@15.0.3 unified@11.0.5 remark-parse@11.0.0 remark-rehype@11.1.2 rehype-stringify@10.0.1
with_python Markdown==3.11.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import MarkdownIt from "markdown-it";
import { marked } from "marked";
import rehypeStringify from "rehype-stringify";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

const remark = unified().use(remarkParse).use(remarkRehype).use(rehypeStringify);
const shown = (text) => [marked.parse(text), new MarkdownIt().render(text), String(remark.processSync(text))].map((html) => html.trim());
for (const html of shown(String.raw`see D:\scans\new`)) assert.equal(html, String.raw`<p>see D:\scans\new</p>`);
for (const html of shown(String.raw`see \\nas\scans\_new and C:\#lists`)) {
    console.log(html);
    assert.equal(html, String.raw`<p>see \nas\scans_new and C:#lists</p>`, "backslashes stay now");
}
JS
cat > look.py <<'PY'
import markdown

html = markdown.markdown(r"see \\nas\scans\_new and C:\#lists")
print(html)
assert html == r"<p>see \nas\scans_new and C:#lists</p>", "backslashes stay now"
PY
node look.mjs
python look.py
