#!/usr/bin/env bash
# addresser (npm) takes apart addresses of the United States at numbered roads: "12 Highway 61 N, Vicksburg, MS 39183".
# Expected: the street is "Highway 61 N", as "Avenue A" is the street of "12 Avenue A, New York, NY".
# Happens: the street is "Highway", and the road's number goes to the second line, where flats and suites stand. The address that is
#   written anew has a comma in it: "12 Highway, 61 N, Vicksburg".
# Matters: thousands of rural addresses share one street called Highway; houses with the same number at different roads become duplicates.
# Source: addresser's README (addressLine2 is for units); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node addresser@1.1.22
cat > look.mjs <<'JS'
import assert from "node:assert";
import addresser from "addresser";

const look = (text) => {
  const { streetNumber, streetName, addressLine2, formattedAddress } = addresser.parseAddress(text);
  return [streetNumber, streetName, addressLine2 ?? "", formattedAddress];
};
const [flat, road] = ["200 E Main St Apt 4B, Salt Lake City, UT 84101", "12 Highway 61 N, Vicksburg, MS 39183"].map(look);
console.log(flat, road);
assert.deepEqual(flat, ["200", "E Main", "Apt 4B", "200 E Main St, Apt 4B, Salt Lake City, UT 84101"]);
assert.deepEqual(road, ["12", "Highway", "61 N", "12 Highway, 61 N, Vicksburg, MS 39183"], "the road keeps its number now");
JS
node look.mjs
