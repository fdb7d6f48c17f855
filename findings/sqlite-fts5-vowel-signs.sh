#!/usr/bin/env bash
# SQLite's full-text search (FTS5) with its default tokenizer, unicode61, on words of Hindi and Thai.
# Expected: words that differ in a vowel are different words: separators are blanks and punctuation, and a vowel sign is
#   neither.
# Happens: vowel signs and the virama are marks (Mn, Mc), and those separate: "din" (day) and "dan" (gift) are both kept
#   as the two letters "d" and "n", and each finds the other. Words do not vanish, so nobody notices.
# Matters: search in Hindi, Bengali, Tamil or Thai returns other words. tokenize = "unicode61 categories 'L* N* Co M*'"
#   mends it.
# Source: SQLite's documentation of FTS5, 4.3.1 (both sentences on separators); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python apsw==3.54.1.0
cat > look.py <<'PY'
import apsw

DAY, GIFT = "दिन", "दान"
EAT, PREVENT = "กิน", "กัน"


def found(tokenizer, word):
    base = apsw.Connection(":memory:")
    base.execute(f'create virtual table t using fts5(x, tokenize="{tokenizer}")')
    for text in (DAY, GIFT, EAT, PREVENT):
        base.execute("insert into t values (?)", (text,))
    return [row[0] for row in base.execute("select x from t where t match ?", (f'"{word}"',))]


print("SQLite", apsw.sqlite_lib_version())
for word in (DAY, EAT):
    print(word, "finds", found("unicode61", word), "with marks as letters", found("unicode61 categories 'L* N* Co M*'", word))
assert found("unicode61 categories 'L* N* Co M*'", DAY) == [DAY]
assert found("unicode61", DAY) == [DAY, GIFT], "vowel signs count now"
assert found("unicode61", EAT) == [EAT, PREVENT], "vowel signs count now"
PY
python look.py
