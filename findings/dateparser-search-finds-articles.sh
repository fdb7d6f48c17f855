#!/usr/bin/env bash
# dateparser finds the dates in a sentence (search_dates): "Die Rechnung ist bezahlt.", "Order 9087 was sent."
# Expected: none: there is no date in them. The first one is German and says so (languages=["de"]).
# Happens: "Die", the commonest word of German, is found as Dienstag, a Tuesday; the number of the order is the year 9087; with
#   no language given, "20 EUR" is a point of time some twenty hours ago.
# Matters: every other German sentence gets a date, and every number of four digits is a year; what is filtered or sorted by such
#   dates is noise.
# Source: dateparser's documentation of search_dates (finds substrings that represent dates); CLDR, German short names of days are
#   "Di." and "Di"; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python dateparser==1.5.0
cat > look.py <<'PY'
import datetime
import warnings

from dateparser.search import search_dates

warnings.simplefilter("ignore")
SETTINGS = {"RELATIVE_BASE": datetime.datetime(2024, 5, 15)}


def found(sentence, languages=None):
    return [(words, str(date)) for words, date in search_dates(sentence, languages=languages, settings=SETTINGS) or []]


bill = found("Die Rechnung ist bezahlt.", ["de"])
order = found("Order 9087 was sent.", ["en"])
price = found("It costs 20 EUR and weighs 3 kg.")
print(bill, order, price, found("Rent is due on 5 March 2024.", ["en"]))
assert bill == [("Die", "2024-05-14 00:00:00")], "an article is no day now"
assert order == [("9087", "9087-05-15 00:00:00")], "an order is no year now"
assert [words for words, _ in price] == ["20 EUR"], "an amount is no time now"
PY
python look.py
