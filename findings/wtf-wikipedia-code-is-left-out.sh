#!/usr/bin/env bash
# wtf_wikipedia (npm) gives the text of a page of a wiki with words set as code: "Set <code>max_open</code> to <code>5</code>.".
# Expected: the words, as it gives those in <kbd>, <samp> and <var>.
# Happens: "Set to.": code within a sentence is left out with its words.
# Matters: pages of documentation lose the names and values that they are about; nothing marks the gap.
# Source: MediaWiki's help on formatting (code: source code within text); mwparserfromhell and wikitextparser keep the words;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node wtf_wikipedia@10.4.2
with_python mwparserfromhell==0.7.2 wikitextparser==3.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import wtf from "wtf_wikipedia";

const seen = ["kbd", "code"].map((tag) => wtf(`Set <${tag}>max_open</${tag}> to <${tag}>5</${tag}>.`).text());
console.log(seen);
assert.equal(seen[0], "Set max_open to 5.");
assert.equal(seen[1].replace(/\s+/g, " "), "Set to.", "code is kept now");
JS
node look.mjs
cat > look.py <<'PY'
import mwparserfromhell
import wikitextparser

PAGE = "Set <code>max_open</code> to <code>5</code>."
seen = [mwparserfromhell.parse(PAGE).strip_code(), wikitextparser.parse(PAGE).plain_text()]
print(seen)
assert seen == ["Set max_open to 5."] * 2
PY
python look.py
