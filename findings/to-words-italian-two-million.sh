#!/usr/bin/env bash
# to-words (npm) writes amounts in words in Italian, as cheques and contracts have them: 2,000,000 and 2,350,000.
# Expected: "Due Milioni", as it writes "Due Mila" for 2,000 and "Tre Milioni" for 3,000,000.
# Happens: "Milioni", millions: the two is lost, with two milliards too. In a larger amount nothing else tells that it was there.
# Matters: in law the words of an amount often go before its figures; here they name none.
# Source: to-words' README (Italian among its languages); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node to-words@5.7.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { ToWords } from "to-words";

const italian = new ToWords({ localeCode: "it-IT" });
const seen = [2000, 3000000, 2000000, 2350000, 2000000000].map((number) => italian.convert(number));
console.log(seen);
assert.deepEqual(seen.slice(0, 2), ["Due Mila", "Tre Milioni"]);
assert.equal(seen[2], "Milioni", "the two is written now");
assert(!seen[3].startsWith("Due") && seen[4] === "Miliardi", "the two is written now");
JS
node look.mjs
