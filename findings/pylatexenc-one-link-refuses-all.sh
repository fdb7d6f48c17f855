#!/usr/bin/env bash
# pylatexenc turns LaTeX into text that has a link in it: \href{https://a.example}{the lease}.
# Expected: "the lease", with or without the address; \url is known.
# Happens: IndexError: list index out of range, and no text at all of the whole source.
# Matters: a reader of papers fails for each one with a link by hyperref, and nothing says where.
# Source: hyperref's manual (\href{URL}{text}); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pylatexenc==2.11
cat > look.py <<'PY'
from pylatexenc.latex2text import LatexNodes2Text

assert LatexNodes2Text().latex_to_text(r"See \url{https://a.example}.") == "See <https://a.example>."
try:
    seen = LatexNodes2Text().latex_to_text(r"See \href{https://a.example}{the lease}.")
except IndexError as error:
    seen = repr(error)
print(seen)
assert "IndexError" in seen, "links are read now"
PY
python look.py
