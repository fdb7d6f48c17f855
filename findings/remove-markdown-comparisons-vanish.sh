#!/usr/bin/env bash
# remove-markdown (npm) makes plain text of Markdown for previews and search results: "Keep 5 < pH and 9 > pH, 20~25 or 30~35
#   degrees.", `a <td> cell`, <https://a.example>.
# Expected: the sentences: a less-than sign with a blank behind it begins no tag, a single tilde between figures marks
#   nothing, and code and addresses are what one reads.
# Happens: "Keep 5  pH, 2025 or 3035 degrees.": all between < and > goes; ranges become numbers; the tag in code and the
#   address are gone.
# Matters: a preview says something else than its text, with figures that are in no document.
# Source: CommonMark 0.31, 6.6 (raw HTML: a tag's name follows at once), 6.1 (code spans), 6.5 (autolinks); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node remove-markdown@0.7.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const removeMarkdown = require("remove-markdown");

const plain = removeMarkdown.default ?? removeMarkdown;
const seen = ["Keep 5 < pH and 9 > pH, 20~25 or 30~35 degrees.", "Use `<td>` for cells.", "See <https://a.example>."].map((text) => plain(text));
console.log(seen);
assert.deepEqual(seen, ["Keep 5  pH, 2025 or 3035 degrees.", "Use `` for cells.", "See ."], "they are kept now");
JS
node look.cjs
