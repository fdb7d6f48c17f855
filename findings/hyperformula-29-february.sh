#!/usr/bin/env bash
# HyperFormula and fast-formula-parser compute EDATE, the day a month after 31 January 2024, in a leap year.
# Expected: 29 February, as Excel, LibreOffice and the package formulas (Python) have it: the last day, where the month has no 31st.
# Happens: 28 February in HyperFormula, also for a month after 29 January; its EOMONTH says 29. In fast-formula-parser it is 2 March:
#   what is too much runs over into the next month.
# Matters: due dates of loans, rents and notices at the end of February are a day early or in another month, once in four years.
# Source: OpenDocument 1.3 part 4 (EDATE) and Microsoft's page on EDATE; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node hyperformula@3.5.0 fast-formula-parser@1.0.19
with_python formulas==1.3.4
cat > look.mjs <<'JS'
import assert from "node:assert";
import FormulaParser from "fast-formula-parser";
import { HyperFormula } from "hyperformula";

const sheet = HyperFormula.buildFromArray([[]], { licenseKey: "gpl-v3" });
const parser = new FormulaParser();
const dayOfYear = {
  hyper: (text) => sheet.calculateFormula(`=${text}-DATE(2023,12,31)`, 0),
  fast: (text) => parser.parse(`${text}-DATE(2023,12,31)`),
};
const starts = ["EDATE(DATE(2024,1,31),1)", "EDATE(DATE(2024,1,29),1)", "EOMONTH(DATE(2024,1,31),1)"];
const seen = { hyper: starts.map(dayOfYear.hyper), fast: starts.map(dayOfYear.fast) };
console.log("day of the year, 60 is 29 February:", seen);
assert.deepEqual([seen.hyper[2], seen.fast[1], seen.fast[2]], [60, 60, 60]);
assert.deepEqual([seen.hyper[0], seen.hyper[1]], [59, 59], "HyperFormula knows 29 February now");
assert.equal(seen.fast[0], 62, "fast-formula-parser stays in February now");
JS
node look.mjs
python - <<'PY' 2>/dev/null
import formulas
print("formulas:", float(formulas.Parser().ast("=EDATE(DATE(2024,1,31),1)-DATE(2023,12,31)")[1].compile()()))
PY
