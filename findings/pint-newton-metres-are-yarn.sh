#!/usr/bin/env bash
# pint reads a torque as it stands on every spanner and data sheet: "5 Nm"; also "5 kNm".
# Expected: 5 newton metres, as for "5 N m" and "5 N*m"; or an error for an unknown unit.
# Happens: 5 number_meter, a unit for the fineness of yarn: 5000 metres per kilogram. "5 kNm" is a thousand of them.
# Matters: torques are stored as something else without an error; only a later conversion to foot-pounds fails.
# Source: pint's default_en.txt (group Textile: number_meter = kilometer / kilogram = Nm); ISO 80000-4 (N·m); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Pint==0.25.3
cat > look.py <<'PY'
import pint

units = pint.UnitRegistry()
seen = [str(units(text).units) for text in ("5 N m", "5 N*m", "5 Nm", "5 kNm")]
print(seen, units("5 Nm").to_base_units(), units("5 Nm").check("[force] * [length]"))
assert seen[:2] == ["meter * newton", "meter * newton"] or seen[:2] == ["newton * meter"] * 2, seen
assert seen[2:] == ["number_meter", "kilonumber_meter"] and not units("5 Nm").check("[force] * [length]"), "Nm is a torque now"
PY
python look.py
