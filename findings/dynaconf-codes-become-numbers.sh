#!/usr/bin/env bash
# Dynaconf reads settings from the environment: a password 12_34, the commit 12345e67, the version 1.10, beside the code 00742.
# Expected: the texts: a variable of the environment is text, pydantic-settings and environs make of it what is asked for, and
#   Dynaconf has signs for other kinds (@int, @float).
# Happens: 1234, 1.2345e+71 and 1.1: what reads as a number of TOML is one; the code stays a text, since TOML has no leading noughts.
# Matters: a password with figures and an underscore is another one; a commit or id is a number on the day that it has one "e" and no
#   other letter, and passes the tests on all other days.
# Source: Dynaconf's documentation (environment variables: parsed as TOML; casting tokens); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python dynaconf==3.3.5
cat > look.py <<'PY'
import os

from dynaconf import Dynaconf

values = {"PASSWORD": "12_34", "COMMIT": "12345e67", "VERSION": "1.10", "CODE": "00742", "OTHER": "12345f67", "QUOTED": "'1.10'"}
os.environ.update({f"LOOK_{name}": value for name, value in values.items()})
settings = Dynaconf(envvar_prefix="LOOK")
seen = {name: settings[name] for name in values}
print(seen)
assert (seen["CODE"], seen["OTHER"], seen["QUOTED"]) == ("00742", "12345f67", "1.10")
assert (seen["PASSWORD"], seen["COMMIT"], seen["VERSION"]) == (1234, 12345e67, 1.1), "texts stay texts now"
PY
python look.py
