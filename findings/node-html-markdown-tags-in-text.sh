#!/usr/bin/env bash
# node-html-markdown turns a page into Markdown that speaks of tags: "Put &lt;details&gt; around it".
# Expected: the tag is escaped (\<details>) or stays &lt;: in Markdown "<details>" is a tag again. Signs of Markdown's own (*,
#   _, #) are escaped.
# Happens: "Put <details> around it": what is made of the Markdown has the tag, and the word is gone. Here marked shows it.
# Matters: manuals of HTML, XML and templates lose the words that they are about, and "List<String>" becomes "List".
# Source: CommonMark 0.31, 6.6 (raw HTML) and 2.4 (backslash escapes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node node-html-markdown@2.0.0 marked@18.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { marked } from "marked";
import { NodeHtmlMarkdown } from "node-html-markdown";

const PAGE = "<p>Put &lt;details&gt; around *it* as a List&lt;String&gt;.</p>";
const markdown = NodeHtmlMarkdown.translate(PAGE);
const again = marked.parse(markdown).trim();
console.log(markdown, "->", again);
assert.ok(markdown.includes("\\*it\\*"), markdown);
assert.ok(markdown.includes("Put <details> around"), "the tag is escaped now");
assert.ok(again.includes("<details>") && again.includes("List<String>"), again);
JS
node look.mjs
