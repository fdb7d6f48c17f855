#!/usr/bin/env bash
# HyperFormula computes INT(-2.5), as sheets do for full hours, weeks and boxes.
# Expected: -3: INT goes down to the next whole number, and TRUNC is the one that cuts; so it is in Excel, LibreOffice and
#   fast-formula-parser.
# Happens: -2, as TRUNC: the part behind the point is cut off. INT(-0.1) is 0. Its own list of functions says that INT rounds down.
# Matters: A1-INT(A1), the usual way to the time of a day or the rest of a division, is negative; days before an epoch, temperatures
#   and balances are one too high, beside positive ones that are right. MOD(-3, 2) is 1 and does not agree with it.
# Source: OpenDocument 1.3 part 4 (INT rounds down); HyperFormula's guide (built-in functions; the list of differences
#   does not name INT); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node hyperformula@3.5.0 fast-formula-parser@1.0.19
cat > look.mjs <<'JS'
import assert from "node:assert";
import FormulaParser from "fast-formula-parser";
import { HyperFormula } from "hyperformula";

const sheet = HyperFormula.buildFromArray([[-2.5]], { licenseKey: "gpl-v3" });
const value = (formula) => sheet.calculateFormula(formula, 0);
const seen = ["=INT(-2.5)", "=INT(2.5)", "=TRUNC(-2.5)", "=ROUNDDOWN(-2.5,0)", "=FLOOR(-2.5,1)"].map(value);
console.log(seen, new FormulaParser().parse("INT(-2.5)"));
assert.equal(new FormulaParser().parse("INT(-2.5)"), -3);
assert.deepEqual(seen, [-2, 2, -2, -2, -3], "INT rounds down now");
JS
node look.mjs
