#!/usr/bin/env bash
# inscriptis, which lays a page out as a browser does, reads a list of terms and values (dl, dt, dd).
# Expected: a line for each, as browsers show it: dt and dd are blocks.
# Happens: the two have no place in its style sheet, so all is one line without blanks: "Voltage230 VCurrent16 A".
# Matters: data sheets and pages of products list their values this way; "Voltage230" is found by neither word.
# Source: HTML Standard, 15.3.7 (lists: dl, dt and dd are displayed as blocks); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python inscriptis==2.7.6
cat > look.py <<'PY'
from inscriptis import get_text

TERMS = "<dl><dt>Voltage</dt><dd>230 V</dd><dt>Current</dt><dd>16 A</dd></dl>"
seen = get_text(TERMS).strip()
items = get_text("<ul><li>Voltage</li><li>Current</li></ul>").split()
print(repr(seen), items)
assert items == ["*", "Voltage", "*", "Current"], items
assert seen == "Voltage230 VCurrent16 A", "terms are apart now"
PY
python look.py
