#!/usr/bin/env bash
# pytrec_eval (pytrec-eval-terrier) evaluates a run that found nothing for one of three queries, so that the run lacks it.
# Expected: the query counts with 0 in the mean: ir_measures, which stands on it, says 0.5 for reciprocal rank.
# Happens: evaluate() gives results for the queries of the run only, and their mean is 0.75; nothing tells of the third.
# Matters: a search that returns nothing for what it does not know scores better than one that tries; the gap grows with each
#   filter or threshold that one adds.
# Source: trec_eval's option -c (average over all queries of the judgements; not the default); ir_measures' documentation;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pytrec-eval-terrier==0.5.11 ir-measures==0.4.3 numpy==2.4.6
cat > look.py <<'PY'
import ir_measures
import pytrec_eval

JUDGED = {"one": {"a": 1}, "two": {"b": 1}, "three": {"c": 1}}
FOUND = {"one": {"a": 2.0, "x": 1.0}, "two": {"x": 2.0, "b": 1.0}}
scores = pytrec_eval.RelevanceEvaluator(JUDGED, {"recip_rank"}).evaluate(FOUND)
mean = sum(score["recip_rank"] for score in scores.values()) / len(scores)
other = ir_measures.calc_aggregate([ir_measures.RR], JUDGED, FOUND)[ir_measures.RR]
print(scores, "mean", mean, "ir_measures", other)
assert other == 0.5, other
assert set(scores) == {"one", "two"} and mean == 0.75, "the missing query counts now"
PY
python look.py
