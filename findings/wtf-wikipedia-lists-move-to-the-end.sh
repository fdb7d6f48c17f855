#!/usr/bin/env bash
# wtf_wikipedia (npm) gives the text of a page of a wiki: a sentence, a list, and a sentence after it.
# Expected: the three in this order.
# Happens: both sentences, then the list: "Free berths are: All others are let.", and the berths below. A blank line between
#   the list and what follows keeps the order.
# Matters: "the following" is followed by something else, and the list seems to belong to the last sentence: free is let.
# Source: MediaWiki's help on lists (a list ends with the first line that has no mark; no blank line is needed);
#   mwparserfromhell keeps the order; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node wtf_wikipedia@10.4.2
with_python mwparserfromhell==0.7.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import wtf from "wtf_wikipedia";

const lines = (page) => wtf(page).text().split("\n").map((line) => line.trim()).filter(Boolean);
const parted = lines("Free berths are:\n* 4\n* 5\n\nAll others are let.");
const seen = lines("Free berths are:\n* 4\n* 5\nAll others are let.");
console.log(parted, seen);
assert.deepEqual(parted, ["Free berths are:", "* 4", "* 5", "All others are let."]);
assert.deepEqual(seen, ["Free berths are: All others are let.", "* 4", "* 5"], "the order is kept now");
JS
node look.mjs
cat > look.py <<'PY'
import mwparserfromhell

seen = mwparserfromhell.parse("Free berths are:\n* 4\n* 5\nAll others are let.").strip_code().split("\n")
print(seen)
assert [line.strip() for line in seen] == ["Free berths are:", "4", "5", "All others are let."]
PY
python look.py
