#!/usr/bin/env bash
# symspellpy mends the spelling of a query (lookup_compound) in which a number stands.
# Expected: "error 404 pge" becomes "error 404 page": a number is no misspelled word.
# Happens: numbers are replaced by the commonest short words that lie near them: "error a of page", "part of of", "costs a of
#   euros". ignore_non_words=True keeps them, and is off unless asked for.
# Matters: the amount, the error code or the paragraph is what a query is about; another question is answered, in good English.
# Source: symspellpy's documentation of lookup_compound (ignore_non_words); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python symspellpy==6.10.1
cat > look.py <<'PY'
import importlib.resources

from symspellpy import SymSpell

speller = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
words = importlib.resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
assert speller.load_dictionary(words, term_index=0, count_index=1)
QUERIES = ["error 404 pge", "see clause 12", "part 9087", "costs 950 euros"]
seen = {query: speller.lookup_compound(query, 2)[0].term for query in QUERIES}
kept = {query: speller.lookup_compound(query, 2, ignore_non_words=True)[0].term for query in QUERIES}
print(seen, kept)
assert kept["error 404 pge"] == "error 404 page" and kept["costs 950 euros"] == "costs 950 euros", kept
assert not any(sign.isdigit() for term in seen.values() for sign in term), "numbers are kept now"
assert seen["costs 950 euros"] == "costs a of euros", seen
PY
python look.py
