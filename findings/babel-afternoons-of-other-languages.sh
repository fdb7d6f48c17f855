#!/usr/bin/env bash
# Babel reads a time of day that was typed in British English or French: "2:30 pm", "9 pm" (parse_time).
# Expected: 14:30 and 21:00, as in American English; or an error (ParseError), as for words without figures.
# Happens: 2:30 and 9:00: whether pm is looked at depends on how the language writes times itself, and these write them with 24
#   hours. Even in American English "2:30 p.m." is half past two in the night.
# Matters: appointments and opening hours that people type the other way are twelve hours early, and no error tells.
# Source: Babel's documentation of parse_time; CLDR (time patterns of en-GB and fr: HH:mm); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Babel==2.19.0
cat > look.py <<'PY'
from datetime import time

from babel.dates import parse_time

read = lambda text, *languages: [parse_time(text, locale=language) for language in languages]
print(read("2:30 pm", "en_US", "en_GB", "fr", "de"), read("2:30 p.m.", "en_US"))
assert read("2:30 pm", "en_US", "en_AU") == [time(14, 30)] * 2
assert read("2:30 pm", "en_GB", "fr", "de") == [time(2, 30)] * 3, "pm counts, or is refused, now"
assert read("9 pm", "en_GB") == [time(9)], "pm counts, or is refused, now"
assert read("2:30 p.m.", "en_US") == [time(2, 30)], "p.m. counts, or is refused, now"
PY
python look.py
