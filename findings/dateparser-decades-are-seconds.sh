#!/usr/bin/env bash
# dateparser reads decades: "1990s", "80s".
# Expected: a day in these years, or None, as for "since 2019" and "spring 2024".
# Happens: the s stands for seconds: 1990 seconds ago, this morning, and 80 seconds ago.
# Matters: letters, biographies and lists of assets name decades; what is from the 1990s counts as new, and sorts first.
# Source: dateparser's documentation (relative dates such as "2 hours ago"; None for what cannot be read); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python dateparser==1.5.0
cat > look.py <<'PY'
from datetime import datetime, timedelta

import dateparser

NOON = datetime(2024, 1, 31, 12)
read = lambda text: dateparser.parse(text, languages=["en"], settings={"RELATIVE_BASE": NOON})
seen = {text: read(text) for text in ("1990s", "80s", "since 2019")}
print({text: str(time) for text, time in seen.items()})
assert seen["since 2019"] is None
assert seen["1990s"] == NOON - timedelta(seconds=1990), "decades are no seconds now"
assert seen["80s"] == NOON - timedelta(seconds=80), "decades are no seconds now"
PY
python look.py
