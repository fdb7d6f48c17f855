#!/usr/bin/env bash
# SudachiPy cuts a Japanese text of 18,000 signs into words, a report of some 25 pages.
# Expected: its words: nothing in the call speaks of a limit, and other tokenizers take whole documents.
# Happens: "Input is too long, it can't be more than 49149 bytes": in UTF-8 that is 16,383 signs of Japanese. Only the
#   whole is refused, there is no way to go on behind it; texts have to be cut at sentence ends first.
# Matters: short documents pass in tests, and the longest ones, with the most to find, are missing from the index.
# Source: SudachiPy's documentation of Tokenizer.tokenize (takes a text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python SudachiPy==0.7.0 sudachidict_small==20261015
cat > look.py <<'PY'
from sudachipy import Dictionary

tokenizer = Dictionary(dict="small").tokenizer()


def words(text):
    try:
        return len(tokenizer.tokenize(text))
    except Exception as error:
        return str(error)


seen = [words("家賃は高い。" * times) for times in (2700, 3000)]
print(seen)
assert seen[0] == 4 * 2700, seen
assert "can't be more than 49149 bytes" in str(seen[1]), "long texts are taken now"
PY
python look.py
