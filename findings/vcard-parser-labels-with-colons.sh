#!/usr/bin/env bash
# vcard-parser (npm) reads an address whose label, a parameter in quotation marks, has a colon and a semicolon in it:
#   ADR;TYPE=HOME;LABEL="Gate: ring; wait":;;1 Main St;Berlin;;10115;Germany
# Expected: the street "1 Main St", and the whole label: in quotation marks colon and semicolon are signs as all others.
# Happens: the first colon ends the parameters: the label is "\"Gate", and the rest of it, " ring", is the post office box, "wait\":" the
#   second part of the address; street, town and code stand one place further on.
# Matters: the town is taken for the street and the street for the town, as labels of addresses have colons and line ends; letters and
#   maps go elsewhere.
# Source: RFC 6350, 3.3 (param-value: quoted values may have colons, semicolons and commas) and 6.3.1 (LABEL); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node vcard-parser@1.0.0
cat > look.js <<'JS'
const assert = require("node:assert");
const { parse } = require("vcard-parser");

const address = (label) => `ADR;TYPE=HOME;LABEL="${label}":;;1 Main St;Berlin;;10115;Germany`;
const card = (label) => ["BEGIN:VCARD", "VERSION:4.0", "FN:Anna", address(label), "END:VCARD", ""].join("\r\n");
const read = (label) => parse(card(label)).adr[0];
const seen = [read("Gate"), read("Gate: ring; wait")];
console.log(JSON.stringify(seen));
const parts = ["", "1 Main St", "Berlin", "", "10115", "Germany"];
assert.deepEqual(seen[0].value, ["", ...parts]);
assert.deepEqual(seen[1].value, [" ring", " wait\":", ...parts], "the label is read as one now");
assert.deepEqual(seen[1].meta.label, ['"Gate'], "the label is read as one now");
JS
node look.js
