#!/usr/bin/env bash
# mistletoe turns Markdown into LaTeX: "Takes ~5 to 10~20 days, see C:\new\share".
# Expected: \textasciitilde and \textbackslash for the tilde and the backslash: the signs of LaTeX are escaped, as %, &, #, $, _, ^, {
#   and } are.
# Happens: ~ and \ stand in the LaTeX as they are. A tilde is a blank there, which leaves "5 to 10 20 days"; \new and \share are commands.
# Matters: "about 5" becomes "5", a span of two numbers becomes two numbers, and paths stop the run of LaTeX or do what they name.
# Source: mistletoe's latex_renderer.py (render_raw_text, whose list of signs lacks both); LaTeX's reserved signs; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python mistletoe==1.6.0
cat > look.py <<'PY'
import mistletoe
from mistletoe.latex_renderer import LaTeXRenderer


def body(text):
    return mistletoe.markdown(text, LaTeXRenderer).split("{document}")[1].removesuffix("\\end").strip()


escaped, kept = body("5% of R&D_2 {x} #1 $3"), body(r"Takes ~5 to 10~20 days, see C:\new\share")
print(escaped, "|", kept)
assert escaped == r"5\% of R\&D\_2 \{x\} \#1 \$3"
assert kept == r"Takes ~5 to 10~20 days, see C:\new\share", "the signs are escaped now"
PY
python look.py
