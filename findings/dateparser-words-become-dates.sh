#!/usr/bin/env bash
# dateparser finds the dates in sentences (search_dates), with the language given.
# Expected: "5 March 2024" and no other: "We" and "may" are words of English, "So" and "am" of German.
# Happens: abbreviations count in any place and in any letters: "We" is Wednesday, "sat" Saturday, "may" May, "So" (thus) Sunday, and
#   "page 12 and sec. 3" is twelve seconds ago. Each has a full date, like the true one.
# Matters: passages get dates of this week or this year; filters by date and lists of deadlines are full of them.
# Source: dateparser's documentation of search_dates (returns the substrings that represent dates); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python dateparser==1.5.0
cat > look.py <<'PY'
import datetime

from dateparser.search import search_dates

SETTINGS = {"RELATIVE_BASE": datetime.datetime(2026, 1, 20, 12)}
SENTENCES = {
    ("en", "We paid the rent on 5 March 2024."): ("We", "2026-01-14"),
    ("en", "The pump may run until 5 March 2024."): ("may", "2026-05-20"),
    ("en", "He sat on the pier on 5 March 2024."): ("sat on the", "2026-01-17"),
    ("de", "So kam es am 5. März 2024 zum Vertrag."): ("So", "2026-01-18"),
}
for (language, sentence), wrong in SENTENCES.items():
    seen = [(text, str(date)[:10]) for text, date in search_dates(sentence, languages=[language], settings=SETTINGS)]
    print(sentence, seen)
    assert any(date == "2024-03-05" for _, date in seen), seen
    assert wrong in seen, "the word is a word now"
PY
python -W ignore look.py
