#!/usr/bin/env bash
# dateparser reads a day and an hour: "5 March at 10", "le 5 mars à 14 h", "5. März um 14 Uhr", "5 de marzo a las 10".
# Expected: the hour of that day in this year, as for "5 March at 10 am" and "5 mars à 14h", or nothing.
# Happens: the hour is taken for the year: 5 March 2010, 5 March 2014. Nothing tells that it was a guess.
# Matters: appointments of French, German and Spanish mails are filed ten and more years back, where no filter for this
#   year finds them.
# Source: dateparser's documentation (dates in many languages, with times; REQUIRE_PARTS can ask for a year); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python dateparser==1.5.0
cat > look.py <<'PY'
import datetime

import dateparser

SETTINGS = {"RELATIVE_BASE": datetime.datetime(2026, 1, 20, 12)}


def read(language, text):
    return str(dateparser.parse(text, languages=[language], settings=SETTINGS))


for text in (("en", "5 March at 10 am"), ("fr", "5 mars à 10h")):
    assert read(*text) == "2026-03-05 10:00:00", read(*text)
CASES = {
    ("en", "5 March at 10"): "2010-03-05 00:00:00",
    ("fr", "le 5 mars à 14 h"): "2014-03-05 00:00:00",
    ("de", "5. März um 14 Uhr"): "2014-03-05 00:00:00",
    ("es", "5 de marzo a las 10"): "2010-03-05 00:00:00",
}
seen = {case: read(*case) for case in CASES}
print(seen)
assert seen == CASES, "the hour is an hour now"
PY
python -W ignore look.py
