#!/usr/bin/env bash
# convert-units turns a load of 5 t into kilograms.
# Expected: 5000: t is the symbol of the tonne, 1000 kg, next to g and kg in the same list; the other units there by their symbols
#   are those of the SI (l, ha, bar).
# Happens: 4535.92: t is the short ton of the USA, 2000 pounds; the tonne is called mt.
# Matters: almost ten per cent of each load, crop and emission is missing, and the figures look as if they had been measured.
# Source: BIPM, The International System of Units, table 8 (tonne, symbol t); convert-units' README; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node convert-units@2.3.4
cat > look.mjs <<'JS'
import assert from "node:assert";
import convert from "convert-units";

const seen = convert(5).from("t").to("kg");
console.log(seen, convert().describe("t"), convert().describe("mt"));
assert.equal(convert(5).from("mt").to("kg"), 5000);
assert.equal(Math.round(seen * 100) / 100, 4535.92, "t is a tonne now");
JS
node look.mjs
