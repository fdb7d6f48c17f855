#!/usr/bin/env bash
# NLTK's TweetTokenizer cuts texts of mails and chats into words, with reduce_len for "sooooo good".
# Expected: reduce_len shortens letters that are held ("sooo"), and numbers stay numbers.
# Happens: 1000000 becomes 1000, as 20000 becomes 2000. Without reduce_len too a number of more than ten figures is cut as a phone
#   number: 5551234567890 is "5551234567" and "890".
# Matters: amounts are a thousand times too small in whatever counts or compares words; numbers of orders and bar codes (EAN) are
#   found by no search, and are cut where no divider stands.
# Source: NLTK's documentation of TweetTokenizer (reduce_len: repeated characters, "waaaaayyyy"); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python nltk==3.10.4
cat > look.py <<'PY'
from nltk.tokenize import TweetTokenizer

words = lambda text, **settings: TweetTokenizer(**settings).tokenize(text)
TEXT = "sooooo we paid 1000000 for 5551234567890"
plain, reduced = words(TEXT), words(TEXT, reduce_len=True)
print(plain, reduced)
assert words("order 5551234567") == ["order", "5551234567"]
assert plain == ["sooooo", "we", "paid", "1000000", "for", "5551234567", "890"], "long numbers are whole now"
assert reduced == ["sooo", "we", "paid", "1000", "for", "5551234567", "890"], "numbers are not shortened now"
PY
python look.py
