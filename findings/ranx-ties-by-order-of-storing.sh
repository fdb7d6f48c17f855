#!/usr/bin/env bash
# ranx and pytrec_eval (trec_eval, on which ir-measures stands) evaluate a run in which all three passages have the same score.
# Expected: the same figures from both, or a mean over the orders: the run does not say which one is first.
# Happens: ranx takes the order in which the passages stand in the run: the reciprocal rank is 1 or a third for the same scores.
#   pytrec_eval takes the names backwards, z before a: a half, whatever the order; and with another name for the passage it is 1.
# Matters: rounded scores, filters and searches by words have ties by the dozen; a change of ids or of the program that writes the
#   run looks like a better ranking.
# Source: trec_eval's manual (ranks are made of the scores, ties by the number of the document); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python ranx==0.3.21 pytrec-eval-terrier==0.5.8
cat > look.py <<'PY'
import warnings

warnings.filterwarnings("ignore")
import pytrec_eval
from ranx import Qrels, Run, evaluate


def of_ranx(right, names):
    return round(float(evaluate(Qrels({"q": {right: 1}}), Run({"q": dict.fromkeys(names, 0.5)}), "mrr")), 3)


def of_trec(right, names):
    judge = pytrec_eval.RelevanceEvaluator({"q": {right: 1}}, {"recip_rank"})
    return round(judge.evaluate({"q": dict.fromkeys(names, 0.5)})["q"]["recip_rank"], 3)


CASES = [("b", "bac"), ("b", "acb"), ("z", "acz")]
ranx, trec = [of_ranx(*case) for case in CASES], [of_trec(*case) for case in CASES]
print(CASES, ranx, trec)
assert ranx == [1, 0.333, 0.333], "ties do not depend on the order now"
assert trec == [0.5, 0.5, 1], "ties do not depend on the names now"
PY
python look.py
