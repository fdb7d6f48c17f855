#!/usr/bin/env bash
# The package formulas (Python) writes negative amounts with a format of two sections, as bookkeeping does:
#   TEXT(-950, "#,##0;(#,##0)"), and with -0.00 as the second one.
# Expected: (950) and -950.00: the second section is for negative numbers and says itself how they are marked.
# Happens: -(950) and --950.00: the section is chosen, and a minus is put before it as well.
# Matters: sentences that sheets put together from amounts say "a result of -(950)"; what reads brackets as a minus has two of them,
#   and reads a loss as a gain.
# Source: Microsoft's page on number formats (sections) and ECMA-376 part 1, 18.8.31; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python formulas==1.3.4
with_node fast-formula-parser@1.0.19
cat > look.py <<'PY'
import formulas


def value(formula):
    result = formulas.Parser().ast(formula)[1].compile()()
    return getattr(result, "tolist", lambda: result)()


seen = [value(f'=TEXT(-950,"{form}")') for form in ("#,##0", "#,##0;(#,##0)", "0.00;-0.00")]
print(seen)
assert seen == ["-950", "-(950)", "--950.00"], "the second section has the sign now"
PY
python look.py 2>/dev/null
cat > look.mjs <<'JS'
import FormulaParser from "fast-formula-parser";
console.log("fast-formula-parser:", new FormulaParser().parse('TEXT(-950,"#,##0;(#,##0)")'));
JS
node look.mjs
