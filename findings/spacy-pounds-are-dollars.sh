#!/usr/bin/env bash
# spaCy (a blank English pipeline) gives the norm of each word, its plain form for comparing: NORM in a matcher, norm_ in an index.
# Expected: one form for spellings of a word: "n't" is "not", "“" is a straight quotation mark, and "£" is a pound.
# Happens: every sign of a currency has the norm "$": £5, €5 and ¥5 are "$ 5", and a pattern for "$ 5" finds them all.
# Matters: amounts in one currency are found, counted and compared as those of another.
# Source: spaCy's documentation of Token.norm (the normalised form of the token's text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python spacy==3.8.18
cat > look.py <<'PY'
import spacy
from spacy.matcher import PhraseMatcher

english = spacy.blank("en")
norms = {word.text: word.norm_ for word in english("don't pay “£5” or €5, ¥5, $5")}
matcher = PhraseMatcher(english.vocab, attr="NORM")
matcher.add("price", [english("$5")])
text = english("It costs £5 here, €5 there and $5 elsewhere.")
found = [text[start:end].text for _, start, end in matcher(text)]
print(norms, found)
assert norms["n't"] == "not" and norms["5"] == "5"
assert [norms[sign] for sign in "£€¥$"] == ["$"] * 4, "currencies have norms of their own now"
assert found == ["£5", "€5", "$5"], "currencies are apart now"
PY
python look.py
