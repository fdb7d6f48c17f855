#!/usr/bin/env bash
# pylatexenc turns formulas of LaTeX into text.
# Expected: \frac{a+b}{c} as (a+b)/c, the way \sqrt{x+1} becomes √(x+1) there.
# Happens: a+b/c, which is another number; above and below the line nothing gets brackets.
# Matters: formulas for fees, doses and rates are quoted wrong, and look like correct formulas.
# Source: the library's own rule for roots; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pylatexenc==2.11
cat > look.py <<'PY'
from pylatexenc.latex2text import LatexNodes2Text

text = LatexNodes2Text().latex_to_text
for formula in (r"\sqrt{x+1}", r"\frac{a+b}{c}", r"\frac{1}{1+r}"):
    print(formula, "->", text(formula))
assert text(r"\sqrt{x+1}") == "√(x+1)"
assert text(r"\frac{a+b}{c}") == "a+b/c" and text(r"\frac{1}{1+r}") == "1/1+r", "there are brackets now"
PY
python look.py
