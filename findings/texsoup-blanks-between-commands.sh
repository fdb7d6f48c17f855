#!/usr/bin/env bash
# TexSoup gives the text of LaTeX (text) in which two commands stand side by side: "the \textbf{north} \emph{pier} is closed".
# Expected: the blank between them, as it keeps the ones around a single command, and as pylatexenc has it.
# Happens: "the northpier is closed"; "100\% \textit{of} it" loses its blank as well.
# Matters: words in bold, in italics and with labels stand side by side in all papers; what is searched and counted has words
#   that do not exist.
# Source: TexSoup's documentation (text: the text of a node and of those below it); LaTeX shows the blank; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python TexSoup==0.3.3 pylatexenc==2.10
cat > look.py <<'PY'
from pylatexenc.latex2text import LatexNodes2Text
from TexSoup import TexSoup

ONE, TWO = r"The \emph{rent} is due.", r"the \textbf{north} \emph{pier} is closed"
seen = ["".join(str(part) for part in TexSoup(text).text) for text in (ONE, TWO)]
other = LatexNodes2Text().latex_to_text(TWO)
print(seen, other)
assert other == "the north pier is closed"
assert seen == ["The rent is due.", "the northpier is closed"], "blanks are kept now"
PY
python look.py
