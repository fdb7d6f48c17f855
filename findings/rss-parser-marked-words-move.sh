#!/usr/bin/env bash
# rss-parser (npm) reads an Atom entry whose content is XHTML, with a marked word in a sentence, and whose title has a lowered
#   figure.
# Expected: "The <b>north</b> pier is closed": content is the entry's content; and the title's text, as for other kinds of
#   titles.
# Happens: "The  pier is closed<b>north</b>": the marked word stands at the end, in the text without tags as well; the title
#   is an object of parts.
# Matters: a "not" in bold leaves its sentence; programs that show titles have [object Object].
# Source: RFC 4287, 3.1.1.3 and 4.1.3 (XHTML in text and content); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node rss-parser@3.13.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const Parser = require("rss-parser");

const xhtml = (inside) => `<div xmlns="http://www.w3.org/1999/xhtml">${inside}</div>`;
const entry = `<title type="xhtml">${xhtml("H<sub>2</sub>O")}</title><id>e</id>
<content type="xhtml">${xhtml("<p>The <b>north</b> pier is <i>not</i> closed.</p>")}</content>`;
const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>u</id><entry>${entry}</entry></feed>`;
new Parser().parseString(feed).then(({ items: [item] }) => {
  console.log(item);
  assert.match(item.content, /<p>The +pier is +closed\.<b>north<\/b><i>not<\/i><\/p>/, "words keep their place now");
  assert.equal(typeof item.title, "object", "titles are text now");
});
JS
node look.cjs
