#!/usr/bin/env bash
# quantities (Python) joins measurements in different units with NumPy: np.append of [1, 2] metres and [50] centimetres.
# Expected: 1, 2 and 0.5 metres, as with addition, where 1 m + 1 cm is 1.01 m, or an error, as with np.maximum of metres and centimetres.
# Happens: [1, 2, 50] without a unit ("dimensionless"). np.concatenate and np.hstack do the same.
# Matters: 50 centimetres stand as 50 among metres; means and sums of joined files are wrong, in silence. pint converts them.
# Source: quantities' documentation (arrays that carry units through NumPy); pint; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python quantities==0.16.4 Pint==0.25.3 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
import pint
import quantities as pq

units = pint.UnitRegistry()
metres, centimetres = pq.Quantity([1.0, 2.0], "m"), pq.Quantity([50.0], "cm")
seen = [str(np.append(metres, centimetres)), str(np.concatenate([metres, centimetres])), str(np.hstack([metres, centimetres]))]
other = np.concatenate([units.Quantity([1.0, 2.0], "m"), units.Quantity([50.0], "cm")])
print(seen, other)
assert str(metres[0] + pq.Quantity(1, "cm")) == "1.01 m" and str(other) == "[1.0 2.0 0.5] meter"
assert seen == ["[ 1.  2. 50.] dimensionless"] * 3, "units are kept now"
PY
python look.py
