#!/usr/bin/env bash
# marked, markdown-it, remark and mistune show Japanese words in bold that end or begin with a sign, and go on without a
#   blank, as the language has none: "**注意:**これは重要です。", "それは**「重要」**です".
# Expected: bold: the stars stand around the words on both sides; Python-Markdown shows them so.
# Happens: all four stars are shown: beside a sign of punctuation, stars count only if a blank or another sign is on their
#   other side. "**注意**これ", without the colon, is bold.
# Matters: models write Chinese and Japanese answers in this form, and so do Germans with "**950 €**pro"; the pages are
#   full of stars.
# Source: CommonMark 0.31, 6.2 (right-flanking delimiter runs); what was seen by this script.
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

const remark = unified().use(remarkParse).use(remarkRehype).use(rehypeStringify);
const shown = (text) => [marked.parse(text), new MarkdownIt().render(text), String(remark.processSync(text))].map((html) => html.trim());
const plain = shown("**注意**これ");
for (const html of plain) assert.equal(html, "<p><strong>注意</strong>これ</p>");
for (const text of ["**注意:**これは重要です。", "「**950（円）**です", "それは**「重要」**です"]) {
    console.log(shown(text));
    for (const html of shown(text)) assert.equal(html, `<p>${text}</p>`, "the words are bold now");
}
JS
cat > look.py <<'PY'
import markdown
import mistune

TEXT = "**注意:**これは重要です。"
bold, stars = markdown.markdown(TEXT), mistune.html(TEXT).strip()
print("Python-Markdown", bold, "mistune", stars)
assert bold == "<p><strong>注意:</strong>これは重要です。</p>", bold
assert stars == f"<p>{TEXT}</p>", "the words are bold now"
PY
node look.mjs
python look.py
