#!/usr/bin/env bash
# pybtex makes a bibliography as plain text, Markdown and HTML of entries with common commands: \emph{Homo sapiens}, 10\textsuperscript{-3}
#   and \textbf{new}.
# Expected: the words in italics, raised or bold, or plain; accents and letters such as \v{S} and {\ss} are changed into signs as well.
# Happens: the commands stay as text and lose their braces: "\emph Homo sapiens", "10\textsuperscript -3", "\textbf new"; the same with
#   Text.from_latex.
# Matters: names of species and powers stand in every second title of biology and chemistry; since the braces are gone, no step behind it
#   can tell where the italics end.
# Source: pybtex's documentation of Text.from_latex (makes Text of LaTeX) and of Tag (em, strong, sup); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pybtex==0.26.1
cat > look.py <<'PY'
from pybtex.database import parse_string
from pybtex.plugin import find_plugin
from pybtex.richtext import Text
from pybtex.style.formatting.unsrt import Style

TITLE = r"The \emph{Homo sapiens} of \v{S}iluva, 10\textsuperscript{-3} \textbf{new}"
ENTRY = f"@misc{{a, author = {{Miller, Ann}}, title = {{{TITLE}}}, year = 2024}}"
(entry,) = Style().format_bibliography(parse_string(ENTRY, "bibtex"))
seen = {name: entry.text.render(find_plugin("pybtex.backends", name)()) for name in ("plaintext", "markdown", "html")}
alone = str(Text.from_latex(r"\emph{Homo sapiens} of"))
print(seen, alone)
plain = r"Ann Miller. The \emph Homo sapiens of Šiluva, 10\textsuperscript -3 \textbf new. 2024."
assert seen["plaintext"] == plain, "commands are read now"
assert r"\\emph Homo sapiens" in seen["markdown"] and r"\emph <span" in seen["html"], "commands are read now"
assert alone == r"\emph Homo sapiens of"
PY
python look.py
