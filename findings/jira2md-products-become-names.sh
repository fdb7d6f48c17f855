#!/usr/bin/env bash
# jira2md (npm) turns Markdown into the marks of Jira: a block of code with "x = a*b*c", the same in a sentence as code.
# Expected: the code as it is, within {code} and {{…}}.
# Happens: "x = a_b_c": stars become underscores there as well, so that a product is a name. "2*3*4" outside of code is 2_3_4.
# Matters: code that is pasted into tickets is wrong, and runs: a_b_c may be a variable.
# Source: CommonMark, 4.5 and 6.1 (code is taken literally); the README of jira2md lists code among what it knows; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node jira2md@3.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import j2m from "jira2md";

const seen = ["```py\ny = 1\n```", "```py\nx = a*b*c\n```", "`a*b*c`"].map((text) => j2m.to_jira(text));
console.log(seen);
assert.equal(seen[0], "{code:py}\ny = 1\n{code}");
assert.deepEqual(seen.slice(1), ["{code:py}\nx = a_b_c\n{code}", "{{a_b_c}}"], "code is kept now");
JS
node look.mjs
