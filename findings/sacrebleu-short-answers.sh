#!/usr/bin/env bash
# sacrebleu compares short answers, such as amounts and places, with the very same texts as references (corpus_bleu).
# Expected: 100, as sentence_bleu gives for each of them, and as corpus_chrf gives for all.
# Happens: 0.0: there is no row of four words in any of them, so the part for fours is 0, and so is the product. Only
#   sentence_bleu leaves such parts out (effective_order). A single answer of four words or more changes it.
# Matters: an evaluation of question answering says 0 for a perfect system, and jumps with one longer answer.
# Source: sacrebleu's documentation of corpus_bleu (effective_order is off unless asked for); Papineni and others, BLEU
#   (2002), 2.3 (equal texts have precision 1); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sacrebleu==2.6.0
cat > look.py <<'PY'
import sacrebleu

ANSWERS = ["950 euros", "Berth 4", "north pier"]
bleu, chrf = (score(ANSWERS, [ANSWERS]).score for score in (sacrebleu.corpus_bleu, sacrebleu.corpus_chrf))
single = [round(sacrebleu.sentence_bleu(answer, [answer]).score) for answer in ANSWERS]
longer = [*ANSWERS, "at the north pier"]
print("corpus_bleu", bleu, "corpus_chrf", chrf, "sentence_bleu", single, sacrebleu.corpus_bleu(longer, [longer]).score)
assert chrf == 100 and single == [100] * 3 and round(sacrebleu.corpus_bleu(longer, [longer]).score) == 100
assert bleu == 0, "short answers count now"
PY
python look.py
