#!/usr/bin/env bash
# csvtojson reads a table with the columns "Rent", "Rent.net" and "Approx. area".
# Expected: three values under three names, as the other readers of CSV have it; or, as the README says, a part of "Rent"
#   that is called "net", beside the value of "Rent".
# Happens: a stop in a name makes an object, and of "Rent" and "Rent.net" only one is left: {"Rent": {"net": "800"}}, or
#   {"Rent": "950"} if the other one stands first. "Approx. area" is {"Approx": {" area": ...}}. No error; flatKeys: true
#   keeps the names.
# Matters: exports of databases and JSON have such names (id and id.type, version 1 and 1.1): a column of values is gone.
# Source: csvtojson's README (nested JSON structure, flatKeys); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node csvtojson@2.0.14 papaparse@5.7.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import csvtojson from "csvtojson";
import Papa from "papaparse";

const table = "Site,Rent,Rent.net,Approx. area\nNorth,950,800,40\n";
const turned = "Site,Rent.net,Rent\nNorth,800,950\n";
const [right] = Papa.parse(table.trim(), { header: true }).data;
const [[seen], [other]] = [await csvtojson().fromString(table), await csvtojson().fromString(turned)];
console.log(right, seen, other);
assert.deepEqual({ ...right }, { Site: "North", Rent: "950", "Rent.net": "800", "Approx. area": "40" });
assert.deepEqual(seen, { Site: "North", Rent: { net: "800" }, Approx: { " area": "40" } }, "both columns are kept now");
assert.deepEqual(other, { Site: "North", Rent: "950" }, "both columns are kept now");
JS
node look.mjs
