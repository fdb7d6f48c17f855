#!/usr/bin/env bash
# text-splitter (TextSplitter, here in its Python package semantic-text-splitter) cuts German, Danish and English
#   contracts into pieces of at most 32 signs, at sentence ends where it can.
# Expected: pieces as full as they can be without cutting a date: "Die Miete ist am 5. März 2024" and "fällig.".
# Happens: "am 5." is the end of a piece and "März 2024 fällig." the next one: by Unicode's rules a sentence ends at a full stop before a
#   capital, and German writes days with one. Before a small letter, as in Danish, and before a figure, as in "Art. 12", there is no cut.
# Matters: a question for the day finds a piece that says "März 2024" and another one that says "am 5."; every German contract and
#   minute has such dates.
# Source: Unicode's annex 29, sentence boundaries (SB6, SB8 and SB11); the crate's documentation (sentences by Unicode); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python semantic-text-splitter==0.33.1
cat > look.py <<'PY'
from semantic_text_splitter import TextSplitter

TEXTS = {
    "German": "Die Miete ist am 5. März 2024 fällig.",
    "Danish": "Lejen skal betales den 5. marts 2024.",
    "English": "The rent is due by Art. 12 of 2024.",
}
pieces = {name: TextSplitter(32).chunks(text) for name, text in TEXTS.items()}
print(pieces)
assert pieces["German"] == ["Die Miete ist am 5.", "März 2024 fällig."], "days stay with their months now"
assert pieces["Danish"][0].endswith("den 5. marts") and pieces["English"][0].endswith("Art. 12 of")
PY
python look.py
