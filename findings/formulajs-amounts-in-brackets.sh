#!/usr/bin/env bash
# formulajs reads an amount that is written as bookkeepers write what is owed: VALUE("(5)"), VALUE("($1,200.50)") and VALUE("5-").
# Expected: -5 and -1200.5, as in Excel and LibreOffice; for the last -5 or an error.
# Happens: 5, 1200.5 and 5: brackets and the minus behind are thrown away as other signs are, and the sign with them.
# Matters: debts and credit notes count as income, and the total is off by twice their amount, without an error.
# Source: Microsoft's page on VALUE (any of the number formats that Excel recognises, of which the accounting ones have brackets); the
#   function's own DOLLAR writes $(1,234.6) for a negative amount; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { DOLLAR, VALUE } from "@formulajs/formulajs";

const written = DOLLAR(-1234.567, 1);
const seen = ["-5", "($1,200.50)", "(5)", "5-", written].map((text) => VALUE(text));
console.log(written, seen);
assert.equal(written, "$(1,234.6)");
assert.deepEqual(seen, [-5, 1200.5, 5, 5, 1234.6], "brackets are a minus now");
JS
node look.mjs
