#!/usr/bin/env bash
# arrow reads spans of time (dehumanize): "in 1 hour and 30 minutes", "1.5 hours ago", "half an hour ago".
# Expected: an hour and a half, and half an hour, as "in 2 hours and 30 minutes" is two and a half; or an error, as for "yesterday".
# Happens: 30 minutes, since one hour is only known as "an hour"; five hours, since a number is its last figures; a whole hour.
#   "in 1 day and 5 hours" is 5 hours, "in 1,000 days" is now.
# Matters: reminders, time limits and filters ("changed since") are hours off, in silence, with what people and models write;
#   tests with the library's own words (humanize) pass.
# Source: arrow's reference (dehumanize: an error for what it cannot read); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python arrow==1.4.0
cat > look.py <<'PY'
import arrow

noon = arrow.get("2024-03-15T12:00")
spans = [
    "in an hour and 30 minutes",
    "in 2 hours and 30 minutes",
    "in 1 hour and 30 minutes",
    "1.5 hours ago",
    "half an hour ago",
    "in 1 day and 5 hours",
    "in 1,000 days",
]
seen = [(noon.dehumanize(span) - noon).total_seconds() / 3600 for span in spans]
print(dict(zip(spans, seen)))
assert seen[:2] == [1.5, 2.5]
assert seen[2:] == [0.5, -5, -1, 5, 0], "such spans are read now"
PY
python look.py
