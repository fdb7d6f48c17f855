#!/usr/bin/env bash
# simplemma finds the base forms of English words: worse, worst, better, 1990s.
# Expected: bad for worse and worst, as its "good" for better and best; 1990s as it stands, or 1990, as it leaves 1980s and 2020s.
# Happens: "worse" is "wrong", "worst" is "bad", and "1990s" becomes "nineteen-nineties".
# Matters: an index of base forms finds "wrong" for "worse" and not "bad"; a decade is found by words that are in no text, and
#   the one beside it by its figures.
# Source: English dictionaries (worse: comparative of bad and ill); simplemma's README (looks the base form of a word up); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python simplemma==2.0.0
cat > look.py <<'PY'
import simplemma

WORDS = ["better", "best", "worst", "1980s", "2020s", "worse", "1990s"]
seen = {word: simplemma.lemmatize(word, lang="en") for word in WORDS}
print(seen)
assert list(seen.values())[:5] == ["good", "good", "bad", "1980s", "2020s"]
assert seen["worse"] == "wrong", "worse is bad now"
assert seen["1990s"] == "nineteen-nineties", "the decade stays now"
PY
python look.py
