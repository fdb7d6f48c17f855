#!/usr/bin/env bash
# jira2md (npm) turns a text of Jira into Markdown that has two exclamation marks: "Wait! The rent is 980! Not 950.".
# Expected: the sentences: a picture in Jira is a name of a file between two marks, with no blank behind the first one.
# Happens: "Wait![]( The rent is 980) Not 950.": what stands between becomes the address of a picture.
# Matters: the words are no text any more: a page shows a broken picture or "![](…)", and a search of words lacks them.
# Source: Jira's help on text formatting (images: !file.png!); jira2markdown (Python) keeps the sentence; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node jira2md@3.0.1
with_python jira2markdown==0.5.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import j2m from "jira2md";

const seen = ["See !plan.png! please", "Wait! The rent is 980! Not 950."].map((text) => j2m.to_markdown(text));
console.log("jira2md:", seen);
assert.deepEqual(seen, ["See ![](plan.png) please", "Wait![]( The rent is 980) Not 950."], "words are words now");
JS
node look.mjs
cat > look.py <<'PY'
from jira2markdown import convert

seen = convert("Wait! The rent is 980! Not 950.")
print("jira2markdown:", seen)
assert seen == "Wait! The rent is 980! Not 950."
PY
python look.py
