#!/usr/bin/env bash
# edtf (PyPI) turns the dates of catalogues into EDTF: text_to_edtf("1984 or 1985").
# Expected: [1984,1985], the standard's way to say "one of these", which its own parser reads; or nothing, as for "1984 and 1985".
# Happens: 1984: the second year is dropped, and the first one is certain. "1930s or 1940s" is 193X, "March or April 1984" is March of
#   no year.
# Matters: what cataloguers mark as undecided becomes a fact; a search for 1985 does not find it.
# Source: EDTF specification of the Library of Congress, level 2, "Set representation" (square brackets: one of a set); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python edtf==5.0.2
cat > look.py <<'PY'
from edtf import parse_edtf, text_to_edtf

TEXTS = ["1984-1985", "1984?", "1984 and 1985", "1984 or 1985", "1930s or 1940s", "March or April 1984"]
seen = {text: text_to_edtf(text) for text in TEXTS}
print(seen, parse_edtf("[1984,1985]"))
assert list(seen.values())[:3] == ["1984/1985", "1984?", None]
assert seen["1984 or 1985"] == "1984", "both years are kept now"
assert seen["1930s or 1940s"] == "193X" and seen["March or April 1984"] == "XXXX-03", "both are kept now"
PY
python look.py
