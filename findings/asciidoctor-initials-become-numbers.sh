#!/usr/bin/env bash
# Asciidoctor.js and docutils read a paragraph that begins with an initial, "J. Smith signed the lease." and "C. elegans is
#   a worm."; html2text, markdownify and turndown make Markdown of the page.
# Expected: the sentence: one line is no list.
# Happens: an ordered list that begins at J, with the item "Smith signed the lease."; the letter is only in the attributes
#   of the list (start="10", type="A"), so that all three write "10. Smith signed the lease." The text of the elements has no
#   initial at all.
# Matters: names of people and species change, and numbers appear that are not in the source; for reStructuredText it is
#   known, with a backslash as the way out, for texts that others wrote it is not.
# Source: AsciiDoc's documentation of ordered lists; reStructuredText's specification (enumerated lists); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node @asciidoctor/core@4.1.0 turndown@7.2.5
with_python docutils==0.23 html2text==2025.4.15 markdownify==1.2.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import * as asciidoctor from "@asciidoctor/core";
import Turndown from "turndown";

const html = String(await asciidoctor.convert("The lease is old.\n\nJ. Smith signed the lease.", {}));
fs.writeFileSync("page.html", html);
const markdown = new Turndown().turndown(html);
console.log(markdown);
assert.match(markdown, /^10\. +Smith signed the lease\.$/m, "initials are kept now");
JS
node look.mjs
cat > look.py <<'PY'
import docutils.core, html2text, markdownify

with open("page.html") as file:
    pages = [file.read()]
pages.append(docutils.core.publish_parts("The lease is old.\n\nJ. Smith signed the lease.", writer="html5")["body"])
texts = [read(page) for page in pages for read in (html2text.html2text, markdownify.markdownify)]
print(*texts)
assert all("10. Smith signed the lease." in " ".join(text.split()) for text in texts), "initials are kept now"
PY
python look.py
