#!/usr/bin/env bash
# hot-formula-parser counts with amounts that are texts: "1,000"+1, "5%"*200, "1e3"+0, "3 apples"+1.
# Expected: 1001, 10, 1000 and #VALUE!, as in Excel, which reads a text as it reads what is typed in a cell, or fails.
# Happens: 2, 1000, 1 and 4: figures are read up to the first other sign, and the rest is thrown away.
# Matters: cells of CSV files and forms are texts: a thousand counts as one and five per cent as five, without an error.
# Source: what Excel and LibreOffice give; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node hot-formula-parser@4.0.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { Parser } = require("hot-formula-parser");

const parse = (text) => {
  const { error, result } = new Parser().parse(text);
  return error ?? result;
};
const seen = ['"12.5"+1', '"apples"+1', '"1,000"+1', '"5%"*200', '"1e3"+0', '"3 apples"+1'].map(parse);
console.log(seen);
assert.deepEqual(seen.slice(0, 2), [13.5, "#VALUE!"]);
assert.deepEqual(seen.slice(2), [2, 1000, 1, 4], "whole texts are read now");
JS
node look.cjs
