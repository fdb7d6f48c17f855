#!/usr/bin/env bash
# word2number reads numbers in words: "two million three thousand", and what is no single number: "two to three".
# Expected: 2,003,000; and an error for the other one, as it raises for texts without a number.
# Happens: 2,004,003: the three counts once as thousands, once as a thousand more, and once as ones. "one million five hundred
#   thousand" is 1,501,500. "two to three" is 5, "ten or twelve" 22 and "nineteen eighty four" 1524.
# Matters: sums in contracts and cheques stand in words beside the figures, to be compared with them; amounts in millions
#   differ by thousands.
# Source: word2number's README ("two million three thousand nine hundred and eighty four" is 2003984); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python word2number==1.1
cat > look.py <<'PY'
from word2number import w2n

WORDS = [
    "two million three thousand nine hundred and eighty four", "two million three thousand", "three million twenty five thousand",
    "one million five hundred thousand", "two to three", "ten or twelve", "nineteen eighty four",
]
numbers = [w2n.word_to_num(words) for words in WORDS]
print(dict(zip(WORDS, numbers)))
assert numbers[0] == 2003984
assert numbers[1:4] == [2004003, 3026100, 1501500], "thousands count once now"
assert numbers[4:] == [5, 22, 1524], "numbers are not added up now"
PY
python look.py
