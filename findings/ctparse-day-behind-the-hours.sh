#!/usr/bin/env bash
# ctparse reads a span of hours and its day: "friday from 9 to 11", and "from 9 to 11 on friday"; today is a Wednesday.
# Expected: Friday, 9 to 11, for both.
# Happens: where the day stands behind the hours it is dropped, and the next such hours are taken: Thursday, tomorrow. So it is with
#   "between 9 and 11 on monday".
# Matters: meetings are put on tomorrow, from sentences as people write them; nothing but a low score tells, and scores of right
#   results are below zero as well.
# Source: ctparse's documentation (time expressions in natural language, with latent times from a reference); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python ctparse==0.3.6
cat > look.py <<'PY'
from datetime import datetime

from ctparse import ctparse

WEDNESDAY = datetime(2024, 5, 15, 12)


def span(text):
    found = ctparse(text, ts=WEDNESDAY, timeout=60).resolution
    return [f"{end.dt:%A %H:%M}" for end in (found.start, found.end)]


TEXTS = ["friday from 9 to 11", "from 9 to 11 on friday", "between 9 and 11 on monday"]
seen = {text: span(text) for text in TEXTS}
print(seen)
assert seen["friday from 9 to 11"] == ["Friday 09:00", "Friday 11:00"]
for text in TEXTS[1:]:
    assert seen[text] == ["Thursday 09:00", "Thursday 11:00"], "the day behind the hours counts now"
PY
python look.py
