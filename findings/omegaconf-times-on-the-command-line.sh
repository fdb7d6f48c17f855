#!/usr/bin/env bash
# OmegaConf takes settings from a command line (from_cli): start=12:30 code=00742 label=on.
# Expected: texts, as for 2024-03-05, which it leaves alone although YAML 1.1 has a type for dates; or 12:30 as it is in YAML 1.2.
# Happens: 750, 482 and true: minutes are counted to the base of sixty, a leading nought makes the number octal; 08:30 and 00789 stay
#   texts.
# Matters: a time is a number in the afternoon and a text in the morning; a code or postcode is another number, if it has no 8 or 9.
# Source: YAML 1.1's types int and bool, which YAML 1.2 has given up; OmegaConf's documentation (from_cli); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python omegaconf==2.4.0
cat > look.py <<'PY'
from omegaconf import OmegaConf

given = ["start=12:30", "early=08:30", "code=00742", "other=00789", "label=on", "day=2024-03-05"]
seen = OmegaConf.to_container(OmegaConf.from_cli(given))
print(seen)
assert (seen["early"], seen["other"], seen["day"]) == ("08:30", "00789", "2024-03-05"), seen
assert (seen["start"], seen["code"], seen["label"]) == (750, 482, True), "they are texts now"
PY
python look.py
