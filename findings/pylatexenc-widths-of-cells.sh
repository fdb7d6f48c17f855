#!/usr/bin/env bash
# pylatexenc turns a table of LaTeX into text in which \multicolumn{2}{c}{Pairs} spans two columns.
# Expected: "Pairs": the first two arguments say how wide the cell is and how it is aligned.
# Happens: "2cPairs": all three arguments are printed, joined to the words.
# Matters: names of columns are no words any more, so no search finds them, and figures appear that are not in the table.
# Source: the LaTeX kernel's \multicolumn{number}{alignment}{text}; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pylatexenc==2.11
cat > look.py <<'PY'
from pylatexenc.latex2text import LatexNodes2Text

TABLE = r"\begin{tabular}{lcc}Site & \multicolumn{2}{c}{Pairs}\\North & 12 & 13\\\end{tabular}"
text = LatexNodes2Text().latex_to_text(TABLE)
print(text)
assert "North" in text and "12" in text, text
assert "2cPairs" in text, "the words stand alone now"
PY
python look.py
