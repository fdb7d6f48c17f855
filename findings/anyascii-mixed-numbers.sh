#!/usr/bin/env bash
# anyascii writes a dose in plain ASCII, as one does for file names, slugs and search: "2½ mg".
# Expected: "2 1/2 mg", as Unidecode has it: it puts a blank before the fraction.
# Happens: "21/2 mg", ten and a half; "1¼ cups" becomes "11/4 cups". Fractions are replaced sign by sign.
# Matters: amounts of recipes, prescriptions and timber become other amounts that look right.
# Source: the package's description (meant as a replacement for Unidecode); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python anyascii==0.3.3 Unidecode==1.4.0
cat > look.py <<'PY'
from anyascii import anyascii
from unidecode import unidecode

seen = {text: (unidecode(text), anyascii(text)) for text in ("2½ mg", "1¼ cups")}
print(seen)
assert [other.split() for other, _ in seen.values()] == [["2", "1/2", "mg"], ["1", "1/4", "cups"]], seen
assert [plain for _, plain in seen.values()] == ["21/2 mg", "11/4 cups"], "fractions stand apart now"
PY
python look.py
