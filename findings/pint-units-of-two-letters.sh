#!/usr/bin/env bash
# pint reads German power and floor space, and the thickness of a foil: "150 PS", "80 qm", "5 mil".
# Expected: horsepower, square metres and thousandths of an inch, or an error for an unknown unit, as for "80 sqm" and "5 KB".
# Happens: 150 petasiemens, 80 quectometres (8e-29 m) and an angle of 5 mils: what is no unit is taken for a prefix and one, and all
#   prefixes go with all units.
# Matters: values are stored with a dimension that has nothing to do with them; only a conversion would tell, and sums of such
#   values work.
# Source: DIN 66036 (PS, 735.5 W); pint's documentation (prefixes are parsed; UndefinedUnitError); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Pint==0.25.3
cat > look.py <<'PY'
import pint

units = pint.UnitRegistry()
seen = {text: (str(units(text).units), str(units(text).dimensionality)) for text in ("150 PS", "80 qm", "5 mil")}
print(seen, units("80 qm").to("m"))
for unknown in ("80 sqm", "5 KB"):
    try:
        units(unknown)
    except pint.UndefinedUnitError:
        continue
    raise SystemExit(f"{unknown} is a unit now")
assert units("5 mil").to("degree").magnitude < 0.3
assert [unit for unit, _ in seen.values()] == ["petasiemens", "quectometer", "mil"], "the units are read otherwise now"
PY
python look.py
