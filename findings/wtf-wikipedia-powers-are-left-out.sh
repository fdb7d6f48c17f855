#!/usr/bin/env bash
# wtf_wikipedia (npm) gives the text of a page of a wiki with numbers and their powers of ten: {{val|1.5|e=6|u=kg}} and
#   {{val|1.5|e=-9|u=m}}.
# Expected: 1.5×10⁶ kg and 1.5×10⁻⁹ m, as the page shows them, or another way to write the power.
# Happens: "1.5 kg" and "1.5 m": the power is left out. {{val|1.5e6|u=kg}} is 1,500,000 kg.
# Matters: masses, lengths and charges of articles on science are wrong by millions, and look right.
# Source: Wikipedia's documentation of Template:Val (e= is the power of ten); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node wtf_wikipedia@10.4.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import wtf from "wtf_wikipedia";

const NUMBERS = ["{{val|1.5e6|u=kg}}", "{{val|1.5|e=6|u=kg}}", "{{val|1.5|e=-9|u=m}}"];
const seen = NUMBERS.map((number) => wtf(`It has ${number} in all.`).text());
console.log(seen);
assert.equal(seen[0], "It has 1,500,000 kg in all.");
assert.deepEqual(seen.slice(1), ["It has 1.5 kg in all.", "It has 1.5 m in all."], "powers are kept now");
JS
node look.mjs
