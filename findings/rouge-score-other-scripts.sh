#!/usr/bin/env bash
# rouge-score compares an answer with the very same text as the reference, in Russian and in Chinese, and
#   one German name with another.
# Expected: 1.0 for equal texts, 0.0 for two names.
# Happens: 0.0 for Russian and Chinese: all that is not a to z or 0 to 9 becomes a blank, and nothing is left. Müller and
#   Möller are both "m ller" and score 1.0.
# Matters: an evaluation over several languages says that a system fails where it is perfect; the mean is wrong for all.
# Source: C.-Y. Lin, ROUGE (2004), 2 (recall of n-grams of words: equal texts score 1); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python rouge-score==0.1.2
cat > look.py <<'PY'
from rouge_score import rouge_scorer

scorer = rouge_scorer.RougeScorer(["rouge1", "rougeL"])
TEXTS = {"English": "the pump is here", "Russian": "насос стоит на складе", "Chinese": "泵在仓库里"}
seen = {}
for name, text in TEXTS.items():
    seen[name] = {kind: score.fmeasure for kind, score in scorer.score(text, text).items()}
names = scorer.score("Müller", "Möller")["rouge1"].fmeasure
print(seen, "Müller/Möller:", names)
assert seen["English"] == {"rouge1": 1.0, "rougeL": 1.0}
assert seen["Russian"] == seen["Chinese"] == {"rouge1": 0.0, "rougeL": 0.0}, "other scripts count now"
assert names == 1.0, "a letter of another alphabet is a letter now"
PY
python look.py
