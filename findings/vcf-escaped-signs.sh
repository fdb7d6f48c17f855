#!/usr/bin/env bash
# vcf (npm) turns a card into jCard, its form in JSON: a note with a comma, a semicolon and a line end, and a company with a
#   comma.
# Expected: the text itself, as vcard4 gives it: in a card "\," is a comma and "\n" a line end, JSON needs no such escapes; and
#   company and department apart, as name and address are.
# Happens: the escapes stay: "Ring twice\, please\; gate\nnorth", and "Miller\, Sons;Sales" is one text.
# Matters: addresses and notes are shown with backslashes, lines are not lines, and "Miller, Sons" is not found.
# Source: RFC 6350, 3.4 (escapes in text); RFC 7095, 3.3 and 3.3.1.3 (values without the escapes of vCard; structured values
#   are arrays); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node vcf@2.1.2 vcard4@4.0.5
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as vcard4 from "vcard4";
import Vcf from "vcf";

const LINES = ["FN:Anna Smith", "N:Smith;Anna;;;", "ORG:Miller\\, Sons;Sales", "NOTE:Ring twice\\, please\\; gate\\nnorth"];
const card = ["BEGIN:VCARD", "VERSION:4.0", ...LINES, "END:VCARD", ""].join("\r\n");
const seen = Object.fromEntries(new Vcf().parse(card).toJSON()[1].map((field) => [field[0], field[3]]));
const other = Object.fromEntries(vcard4.parse(card).parsedVcard.map((field) => [field.property, field.value]));
console.log(JSON.stringify({ seen, other }));
assert.equal(other.NOTE, "Ring twice, please; gate\nnorth");
assert.deepEqual(other.ORG, ["Miller, Sons", "Sales"]);
assert.deepEqual(seen.n, ["Smith", "Anna", "", "", ""]);
assert.equal(seen.note, "Ring twice\\, please\\; gate\\nnorth", "the escapes are read now");
assert.equal(seen.org, "Miller\\, Sons;Sales", "the parts are apart now");
JS
node look.mjs
