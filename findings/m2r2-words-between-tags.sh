#!/usr/bin/env bash
# m2r2 turns Markdown into reStructuredText, as Sphinx does with READMEs; docutils makes LaTeX of it, for a PDF: "Water is
#   H<sub>2</sub>O, and 10<sup>6</sup> is a million.", "Press <kbd>Enter</kbd>, please.".
# Expected: the words; the figures lowered and raised (reStructuredText has :sub: and :sup:) or not.
# Happens: "Water is H is a million.", "Press , please.": all from the first tag to the last one of the line becomes a piece of
#   raw HTML, which every output but HTML leaves out. No warning comes.
# Matters: the PDF, the manual page and the text for search lack words and figures that the web page has.
# Source: docutils' reference of directives and roles (raw: left out by writers of other formats); CommonMark, 6.6 (tags are
#   raw HTML, what stands between them is text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python m2r2==2.1.0 docutils==0.23 mistune==3.3.4
cat > look.py <<'PY'
import m2r2
from docutils.core import publish_string


def paper(text):
    settings = {"output_encoding": "unicode", "use_latex_citations": True, "legacy_column_widths": False}
    page = publish_string(m2r2.convert(text), writer="latex", settings_overrides=settings)
    return page.split(r"\begin{document}")[1].replace(r"\end{document}", "").strip()


WATER = "Water is H<sub>2</sub>O, and 10<sup>6</sup> is a million."
seen = [paper("Press **Enter**, please."), paper(WATER), paper("Press <kbd>Enter</kbd>, please.")]
print(seen)
assert seen[0] == r"Press \textbf{Enter}, please."
assert seen[1] == "Water is H is a million.", "words between tags are kept now"
assert seen[2] == "Press , please.", "words between tags are kept now"
PY
python look.py
