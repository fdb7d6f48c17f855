#!/usr/bin/env bash
# The package formulas (Python) computes VALUE("1,234") and VALUE("1,234.5"), an amount that came as text.
# Expected: 1234 and 1234.5, as in Excel and LibreOffice in English; or #VALUE!, as it gives for "12,345" and "1,500.00".
# Happens: 85469 for both, a day in the year 2134: text that Python's float() does not read is read as a date. "1.5.2024" is 45296, and
#   "9:30" is this morning's half past nine, 46023.4 and more each day, where Excel has the part of a day, 0.396.
# Matters: of a column of amounts some become forty times as large, and the sum is of the kind one expects; a sheet that Excel
#   computed right has other figures on the server.
# Source: Microsoft's page on VALUE (any of the number, date or time formats that Excel knows); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python formulas==1.3.4
cat > look.py <<'PY'
import formulas


def value(formula):
    result = formulas.Parser().ast(formula)[1].compile()()
    return getattr(result, "tolist", lambda: result)()


seen = [value(f'=VALUE("{text}")') for text in ("1234", "1,234", "1,234.5", "12,345")]
print(seen, value('=TEXT(VALUE("1,234"),"yyyy-mm-dd")'), value('=VALUE("9:30")'), value('=TIMEVALUE("9:30 AM")'))
assert seen[0] == 1234
assert seen[1] == seen[2] and seen[1] > 80000, "amounts are read as amounts now"
assert value('=VALUE("9:30")') > 46000, "times of day are parts of a day now"
PY
python look.py 2>/dev/null
