#!/usr/bin/env bash
# The package formulas (Python) joins the parts of an address of which one is empty, TEXTJOIN(", ", TRUE, "Elm Street 4", "", "Oslo"),
#   and takes needless blanks out of a name, TRIM("north   pier").
# Expected: "Elm Street 4, Oslo" (TRUE says that empty parts are left out) and "north pier", with one blank between the words.
# Happens: "Elm Street 4, , Oslo", as with FALSE, and "north   pier": TRIM is Python's strip, which looks at the ends only; so it is in
#   fast-formula-parser. HyperFormula does both as Excel does.
# Matters: keys for lookups are made with TRIM, so they match in Excel and not on the server; letters have ", ," in their addresses.
# Source: Microsoft's pages on TEXTJOIN (ignore_empty) and TRIM (single spaces between words);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python formulas==1.3.4
with_node fast-formula-parser@1.0.19 hyperformula@3.5.0
cat > look.py <<'PY'
import formulas


def value(formula):
    result = formulas.Parser().ast(formula)[1].compile()()
    return getattr(result, "tolist", lambda: result)()


seen = [value('=TEXTJOIN(", ",TRUE,"Elm Street 4","","Oslo")'), value('=TRIM(" north   pier ")')]
print(seen)
assert seen == ["Elm Street 4, , Oslo", "north   pier"], "empty texts and blanks are left out now"
PY
python look.py 2>/dev/null
cat > look.mjs <<'JS'
import assert from "node:assert";
import FormulaParser from "fast-formula-parser";
import { HyperFormula } from "hyperformula";

const sheet = HyperFormula.buildFromArray([[]], { licenseKey: "gpl-v3" });
const seen = [sheet.calculateFormula('=TRIM(" north   pier ")', 0), new FormulaParser().parse('TRIM(" north   pier ")')];
console.log(seen, sheet.calculateFormula('=TEXTJOIN(", ",TRUE(),"Elm Street 4","","Oslo")', 0));
assert.deepEqual(seen, ["north pier", "north   pier"], "fast-formula-parser takes inner blanks out now");
JS
node look.mjs
