#!/usr/bin/env bash
# pylatexenc turns LaTeX into text with signs by their usual commands: \pounds, \euro, \S and \P; and quantities of siunitx:
#   \SI{5}{\kilo\metre}, \ang{30}.
# Expected: £ 5, € 5, § 5, ¶ 3, as \textsterling and \texteuro give them; 5 km and 30°, or what stands there.
# Happens: the signs and units are left out: "5", "5", "5", "3", "5" and "30".
# Matters: amounts lose their currency, paragraphs of laws become plain numbers, and 5 km, 5 mg and 5 are one.
# Source: LaTeX2e: An unofficial reference manual, 23.4 (\pounds, \S, \P); siunitx's documentation; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python pylatexenc==2.11
cat > look.py <<'PY'
from pylatexenc.latex2text import LatexNodes2Text


def text(source):
    return LatexNodes2Text().latex_to_text(source).strip()


assert [text(r"\textsterling{}5"), text(r"\texteuro{}5")] == ["£5", "€5"]
SOURCES = r"\pounds 5", r"\euro{} 5", r"\S 5", r"\P 3", r"\SI{5}{\kilo\metre}", r"\ang{30}"
seen = [text(source) for source in SOURCES]
print(dict(zip(SOURCES, seen)))
assert seen == ["5", "5", "5", "3", "5", "30"], "signs and units are kept now"
PY
python look.py
