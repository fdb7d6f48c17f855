#!/usr/bin/env bash
# langdetect tells the language of a sentence, and of the same sentence in capitals, as titles and notices have it.
# Expected: the same language: no letter says less in its large form.
# Happens: French, Spanish, Dutch and Polish are right in small letters; in capitals they are English, English, German and
#   Portuguese, most with a probability above 0.99. py3langid is right in both.
# Matters: headings, forms, legal notices and drawings are set in capitals; they get another language's stemmer, stop words or
#   model, and look sure of it.
# Source: Unicode 17, 5.18 (case is a form of the same letter); langdetect's documentation of detect_langs; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python langdetect==1.0.9 py3langid==0.4.0 numpy==2.4.6
cat > look.py <<'PY'
import langdetect
import py3langid

langdetect.DetectorFactory.seed = 0
SENTENCES = {
    "fr": "Le locataire paie le loyer le premier jour de chaque mois",
    "es": "El inquilino paga el alquiler el primer día de cada mes",
    "nl": "De huurder betaalt de huur op de eerste dag van elke maand",
    "pl": "Najemca płaci czynsz pierwszego dnia każdego miesiąca",
}
small = [langdetect.detect(text) for text in SENTENCES.values()]
large = [langdetect.detect_langs(text.upper())[0] for text in SENTENCES.values()]
other = [py3langid.classify(text.upper())[0] for text in SENTENCES.values()]
print(small, large, other)
assert small == other == list(SENTENCES), (small, other)
assert [guess.lang for guess in large] == ["en", "en", "de", "pt"], "capitals are understood now"
assert sum(guess.prob > 0.99 for guess in large) == 3, large
PY
python look.py
