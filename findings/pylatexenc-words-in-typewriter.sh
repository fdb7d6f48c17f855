#!/usr/bin/env bash
# pylatexenc turns LaTeX into text in which commands, names of files and units stand in other letters: \texttt{…}, \verb|…|,
#   \textsf{…}, \mbox{…}.
# Expected: the words, as for \textit, \textbf and \emph: the commands change how they look, or keep them on a line.
# Happens: the words are left out: "Run \texttt{make install} now" is "Run  now".
# Matters: manuals and papers on programs lose just the names that people search for, and a number in \mbox ("5 kg") is
#   gone.
# Source: LaTeX2e: An unofficial reference manual, 4.1 (font styles) and 20.2 (\mbox); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pylatexenc==2.11
cat > look.py <<'PY'
from pylatexenc.latex2text import LatexNodes2Text

WORDS = {
    r"Run \textit{make} now": "Run make now",
    r"Run \texttt{make install} now": "Run  now",
    r"Run \verb|make| now": "Run  now",
    r"in \textsf{sans} type": "in  type",
    r"at least \mbox{5 kg} each": "at least  each",
}
for source, read in WORDS.items():
    text = LatexNodes2Text().latex_to_text(source)
    print(source, "->", text)
    assert text == read, "the words are kept now"
PY
python look.py
