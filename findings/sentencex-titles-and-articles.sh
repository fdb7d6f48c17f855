#!/usr/bin/env bash
# sentencex, which cuts sentences by the rules of each language, reads names and references as letters and contracts have them:
#   French "M. Dupont est là.", Italian "L'art. 5 vale.", German "Der 3. Stock ist frei.", English "See vol. 3.", Polish "Pan dr. Kowalski".
# Expected: one sentence each, as it leaves "Sr. López" (Spanish), "Dhr. Jansen" (Dutch) and "art. 5" (Spanish, English) whole.
# Happens: two: M. is the French for Mr and stands alone, so do "L'art." and "Der 3."; "vol." and "dr." end a sentence as well.
#   Which abbreviations it knows differs by language: "art. 5" is whole in English and cut in Italian.
# Matters: chunks and citations end behind the title, and the name or the number of the article is in the next one.
# Source: sentencex's README (rules and abbreviations for each of its languages); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sentencex==1.0.32
cat > look.py <<'PY'
from sentencex import segment

WHOLE = {"es": "El Sr. López firmó el art. 5.", "nl": "Dhr. Jansen heeft getekend.", "en": "Mr. Smith signed art. 5."}
CUT = {
    "fr": "M. Dupont est là.",
    "it": "L'art. 5 vale.",
    "de": "Der 3. Stock ist frei.",
    "en": "See vol. 3 of it.",
    "pl": "Pan dr. Kowalski podpisał.",
}


def sentences(language, text):
    return [sentence.strip() for sentence in segment(language, text) if sentence.strip()]


for language, text in WHOLE.items():
    assert sentences(language, text) == [text], f"{language} is cut now"
for language, text in CUT.items():
    seen = sentences(language, text)
    print(language, seen)
    assert len(seen) == 2, f"{language} is whole now"
PY
python look.py
