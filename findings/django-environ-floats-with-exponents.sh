#!/usr/bin/env bash
# django-environ reads numbers from the environment with env.float: 1e5, 2.5e3, 1e-3, beside 12 000,50 and 0.25.
# Expected: 100000, 2500 and 0.001, as float() reads them, and as environs and pydantic do; or an error.
# Happens: 15, 2.53, and an error for the last: all that is no figure, comma, point or minus is taken out, the "e" too, and what is
#   left is read as one number.
# Matters: a limit of a hundred thousand becomes fifteen, and a rate of 1.5e+2 becomes 1.52; programs that write settings (Python's
#   repr of large and small numbers, JSON, Helm) use just this form.
# Source: django-environ's documentation (env.float gives a float); Python's float(); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python django-environ==0.14.0 environs==15.2.0
cat > look.py <<'PY'
import os

import environ
import environs

seen = {}
for text in ("0.25", "12 000,50", "1e5", "2.5e3", "1.5E+2", "1e10"):
    os.environ["LIMIT"] = text
    seen[text] = environ.Env().float("LIMIT")
    print(repr(text), seen[text], "environs:", environs.Env().float("LIMIT") if " " not in text else "-")
assert seen["0.25"] == 0.25 and seen["12 000,50"] == 12000.5
assert list(seen.values())[2:] == [15.0, 2.53, 1.52, 110.0], "exponents are read now"
os.environ["LIMIT"] = "1e-3"
assert environs.Env().float("LIMIT") == 0.001
try:
    raise AssertionError(f"read now: {environ.Env().float('LIMIT')}")
except ValueError as error:
    print("'1e-3'", error)
    assert "1-3" in str(error)
PY
python look.py
