#!/usr/bin/env bash
# parse-address and addresser (npm) take American addresses apart, one of which is a half number: "12 1/2 Elm Street, Boston, MA 02108".
# Expected: the number 12 1/2 and the street Elm: such numbers are common for houses behind or between others, and the post's standard
#   for addresses has them.
# Happens: in parse-address the number is 12, and 1/2 is nowhere; in addresser the number is 12 as well and the street "1/2 Elm".
# Matters: two households become one, in lists without doubles and in the post; usaddress (Python) has it right.
# Source: USPS Publication 28, 231 and D1 (fractional addresses); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node parse-address@1.1.2 addresser@1.1.22
with_python usaddress==0.5.16
cat > look.mjs <<'JS'
import assert from "node:assert";
import addresser from "addresser";
import parser from "parse-address";

const address = "12 1/2 Elm Street, Boston, MA 02108";
const { number, street } = parser.parseLocation(address);
const { streetNumber, streetName } = addresser.parseAddress(address);
console.log({ number, street }, { streetNumber, streetName });
assert.equal(parser.parseLocation("12 Elm Street, Boston, MA 02108").street, "Elm");
assert.deepEqual([number, street], ["12", "Elm"], "parse-address keeps halves now");
assert.deepEqual([streetNumber, streetName], ["12", "1/2 Elm"], "addresser keeps halves now");
JS
node look.mjs
python -c "import usaddress; print('usaddress:', usaddress.parse('12 1/2 Elm Street, Boston, MA 02108')[:3])"
