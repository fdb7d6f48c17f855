#!/usr/bin/env bash
# timefhuman (PyPI) reads "in an hour and a half", "two hours and a half", "in a day and a half".
# Expected: 90 minutes from now, as for "1 hour and 30 minutes" and "in 90 minutes"; or nothing, as for "2 and a half hours".
# Happens: one hour, two hours, a day: "and a half" is passed over. "half an hour" is a whole one.
# Matters: reminders and appointments from messages are half an hour off, without a sign; with figures they are right.
# Source: timefhuman's README (reads durations, "30 minutes", and natural language); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python timefhuman==0.1.5
cat > look.py <<'PY'
import datetime

from timefhuman import tfhConfig, timefhuman

NOW = datetime.datetime(2026, 1, 14, 12)
minutes = lambda text: [(time - NOW).total_seconds() / 60 for time in timefhuman(text, tfhConfig(now=NOW))]
right = [minutes(text) for text in ("1 hour and 30 minutes", "in 90 minutes", "1h30m")]
wrong = [minutes(text) for text in ("in an hour and a half", "two hours and a half", "in a day and a half", "half an hour")]
print(right, wrong)
assert right == [[90]] * 3
assert wrong == [[60], [120], [24 * 60], [60]], "halves count now"
PY
TZ=UTC python -W ignore look.py
