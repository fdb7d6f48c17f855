#!/usr/bin/env bash
# striprtf turns RTF into text.
# Expected: what a reader of the document sees; hidden text (\v) and tracked deletions (\deleted) stay away.
# Happens: both are printed in the middle of the sentence, as if they were there, while footnotes are left out.
# Matters: a price that was struck out of a contract is read as its price.
# Source: RTF 1.9.1, "Font (character) formatting properties" (\v) and "Revision marks" (\deleted); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python striprtf==0.0.29
cat > look.py <<'PY'
from striprtf.striprtf import rtf_to_text
rtf = r"{\rtf1\ansi The rent is {\deleted 900}{\revised 950} euros{\v  (internal: 800)} a month." \
      r"{\footnote Heating is not included.}\par}"
text = rtf_to_text(rtf)
print(repr(text))
assert "900" in text, "deleted text is left out now"
assert "internal" in text, "hidden text is left out now"
assert "Heating" not in text, "footnotes are kept now"
PY
python look.py
