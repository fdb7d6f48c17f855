#!/usr/bin/env bash
# jsonrepair (npm) mends a reply that a model wrote with single quotation marks, as Python prints dictionaries; a name and a
#   sentence in it have apostrophes: {'who': 'O'Neill', 'note': 'the tenant's flat'}.
# Expected: O'Neill and the tenant's flat: the end of a text is found rightly, so what stands within it stays; or an error.
# Happens: O"Neill and the tenant"s flat: each apostrophe becomes a double quotation mark. So does the sign of typography (U+2019) in
#   texts with single quotation marks of typography; in texts with double ones it stays.
# Matters: names and contractions come out wrong, and the JSON is valid; a search for O'Neill finds nothing.
# Source: jsonrepair's README (replaces single quotes and special quote characters by double quotes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node jsonrepair@3.15.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { jsonrepair } from "jsonrepair";

const mend = (text) => JSON.parse(jsonrepair(text));
const plain = mend("{'who': 'O'Neill', 'note': 'the tenant's flat'}");
const typographic = mend("{\u2018note\u2019: \u2018it\u2019s due\u2019}");
const double = mend("{\u201cnote\u201d: \u201cit\u2019s due\u201d}");
console.log(plain, typographic, double);
assert.deepEqual(double, { note: "it\u2019s due" });
assert.deepEqual(plain, { who: 'O"Neill', note: 'the tenant"s flat' }, "apostrophes stay now");
assert.deepEqual(typographic, { note: 'it"s due' }, "apostrophes of typography stay now");
JS
node look.mjs
