#!/usr/bin/env bash
# jsonpath-plus (npm) looks into JSON by paths as the standard for JSONPath writes them: a filter without brackets around it,
#   $.sites[?@.rent<1000], the last one, $.sites[-1], and a test whether a field is there, $.sites[?(@.note)].
# Expected: North; South; and South again, whose note is null: the standard counts it as there; or an error for what it does not
#   know.
# Happens: nothing, three times, without an error. With brackets, [?(@.rent<1000)], and as [-1:] the first two are found.
# Matters: paths come from configurations, tools of models and other programs, which keep to the standard of 2024; "nothing found" is an
#   answer that is believed.
# Source: RFC 9535, 2.3.5 (filters; existence tests) and 2.3.3 (negative indices); jsonpath-rfc9535, which keeps to it; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node jsonpath-plus@10.4.0 jsonpath-rfc9535@1.3.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { JSONPath } from "jsonpath-plus";
import { query } from "jsonpath-rfc9535";

const json = { sites: [{ name: "North", rent: 950 }, { name: "South", rent: 1200, note: null }] };
const find = (path) => JSONPath({ path, json });
const paths = ["$.sites[?@.rent<1000].name", "$.sites[-1].name", "$.sites[?(@.note)].name"];
const standard = paths.map((path) => query(json, path));
console.log(paths.map(find), standard);
assert.deepEqual(standard, [["North"], ["South"], ["South"]]);
assert.deepEqual([find("$.sites[?(@.rent<1000)].name"), find("$.sites[-1:].name")], [["North"], ["South"]]);
assert.deepEqual(paths.map(find), [[], [], []], "paths of the standard are read now");
JS
node look.mjs
