#!/usr/bin/env bash
# quantities (Python) counts how many pieces of 30 centimetres come out of a board of 1 metre: board // piece, and what is left: board % piece.
# Expected: 3, and 0.1 m left, as pint has them.
# Happens: 0 m/cm, which is nought in any unit; the remainder is right, 0.1 m. With 100 centimetres instead of 1 metre it is 3.
# Matters: numbers of pieces, boxes and turns are nought as soon as the units differ, and the two results do not belong together.
# Source: quantities' documentation (units are converted in computations); pint; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python quantities==0.16.4 Pint==0.25.3
cat > look.py <<'PY'
import pint
import quantities as pq

units = pint.UnitRegistry()
piece = pq.Quantity(30, "cm")
seen = [str(board // piece) for board in (pq.Quantity(100, "cm"), pq.Quantity(1, "m"))]
left = float(pq.Quantity(1, "m") % piece)
other = units.Quantity(1, "m") // units.Quantity(30, "cm")
simple = float((pq.Quantity(1, "m") // piece).simplified)
print(seen, left, other, simple)
assert float(other.magnitude) == 3 and abs(left - 0.1) < 1e-9
assert seen[0] == "3 dimensionless" or seen[0] == "3.0 dimensionless", seen
assert seen[1] == "0 m/cm" and simple == 0, "units are converted now"
PY
python look.py
