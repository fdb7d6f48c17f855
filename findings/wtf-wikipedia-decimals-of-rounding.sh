#!/usr/bin/env bash
# wtf_wikipedia (npm) gives the text of a page of a wiki with numbers that are rounded to one decimal: {{round|2.57|1}} and
#   {{rounddown|2.57|1}}.
# Expected: 2.6 and 2.5: the second value says how many decimals stay.
# Happens: 3 and 2: it is passed over. {{percentage|1|3|1}}, whose third value means the same, is 33.3% as it should be.
# Matters: rates and shares in tables are whole numbers, up to half a unit from what the page says.
# Source: Wikipedia's documentation of Template:Round and Template:Rounddown (number and count of decimals); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node wtf_wikipedia@10.4.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import wtf from "wtf_wikipedia";

const seen = ["percentage|1|3|1", "round|2.57|1", "rounddown|2.57|1"].map((name) => wtf(`It is {{${name}}} now.`).text());
console.log(seen);
assert.deepEqual(seen, ["It is 33.3% now.", "It is 3 now.", "It is 2 now."], "decimals are kept now");
JS
node look.mjs
