#!/usr/bin/env bash
# pint reads quantities as they stand on drawings and in recipes: "1 1/2 in", "3 ±0.1 mm", "3 l/100km".
# Expected: 1.5 inches; 3 millimetres (with or without the tolerance), or an error; 3 litres for a hundred kilometres.
# Happens: what stands side by side is multiplied, and signs that are not known are passed over: 0.5 inches, 0.3 millimetres,
#   and 0.03 litre kilometres. No error; the first two even have the right unit.
# Matters: sizes, tolerances and consumptions are wrong numbers from then on.
# Source: pint's documentation of string parsing (quantities are parsed as they are written) and of "+/-"; ISO 129-1
#   (tolerances are written behind the size); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pint==0.25.3
cat > look.py <<'PY'
import pint

units = pint.UnitRegistry()
read = {text: units(text) for text in ("1.5 in", "3 mm", "1 1/2 in", "3 ±0.1 mm", "3 l/100km")}
print({text: str(quantity) for text, quantity in read.items()})
assert read["1.5 in"].magnitude == 1.5 and read["3 mm"].magnitude == 3
assert read["1 1/2 in"] == 0.5 * units.inch, "a mixed fraction is read now"
assert abs(read["3 ±0.1 mm"].to("mm").magnitude - 0.3) < 1e-9, "the tolerance is not multiplied now"
assert read["3 l/100km"] == 0.03 * units.liter * units.kilometer, "the distance is divided by now"
PY
python look.py
