#!/usr/bin/env bash
# phonenumbers, Google's libphonenumber in Python, finds the phone numbers of a German text with dates (PhoneNumberMatcher).
# Expected: only the number: the matcher passes over dates and times (it knows 05/03/2024).
# Happens: dates with dots that begin with a nought are numbers: 05.03.2024 is +49 5032 024, and 07.05.2023 is +49 7052 023. The
#   same day with slashes, in ISO's form or as 5.3.2024 is none, nor is 31.12.2023.
# Matters: what hides personal data before text goes to a model (Presidio uses this matcher) takes the dates out of German letters,
#   and lists of contacts fill with them.
# Source: what was seen by this script; libphonenumber's matcher (patterns of dates and times to pass over).
. "$(dirname "$0")/lib.sh"
with_python phonenumbers==9.0.13
cat > look.py <<'PY'
import phonenumbers

E164 = phonenumbers.PhoneNumberFormat.E164


def found(text):
    return [phonenumbers.format_number(match.number, E164) for match in phonenumbers.PhoneNumberMatcher(text, "DE")]


NUMBER, DATES = "Ruf an: 030 1234567.", ["am 05.03.2024 um neun", "am 07.05.2023"]
NONE = ["am 05/03/2024 um neun", "am 2024-03-05 um neun", "am 5.3.2024", "am 31.12.2023"]
seen = {text: found(text) for text in [NUMBER, *DATES, *NONE]}
print(seen)
assert seen[NUMBER] == ["+49301234567"]
assert [seen[text] for text in NONE] == [[]] * 4
assert [seen[text] for text in DATES] == [["+495032024"], ["+497052023"]], "dates are no numbers now"
PY
python look.py
