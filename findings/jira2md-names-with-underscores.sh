#!/usr/bin/env bash
# jira2md (npm) turns texts of Jira into Markdown; they have names in them: max_open_files, {noformat}a_b_c{noformat}.
# Expected: the names: Jira takes "_" for a mark only at the borders of words, and nothing is a mark in {noformat}.
# Happens: "max*open*files" and "a*b*c", in the sentence, in {{code}}, {code} and {noformat}: underscores become stars.
# Matters: names of settings, columns and files are other names in what is moved from Jira to a wiki or a model.
# Source: Jira's help on text formatting (noformat: no further formatting); jira2markdown (Python) keeps the names; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node jira2md@3.0.1
with_python jira2markdown==0.5.3
cat > look.mjs <<'JS'
import assert from "node:assert";
import j2m from "jira2md";

const seen = ["set max_open_files to 5", "{noformat}a_b_c{noformat}", "{{a_b_c}}"].map((text) => j2m.to_markdown(text));
console.log("jira2md:", seen);
assert.deepEqual(seen, ["set max*open*files to 5", "```a*b*c```", "`a*b*c`"], "names are kept now");
JS
node look.mjs
cat > look.py <<'PY'
from jira2markdown import convert

seen = [convert(text).strip() for text in ("set max_open_files to 5", "{noformat}a_b_c{noformat}", "{{a_b_c}}")]
print("jira2markdown:", seen)
assert seen == ["set max_open_files to 5", "```\na_b_c\n```", "`a_b_c`"]
PY
python look.py
