#!/usr/bin/env bash
# ir-measures rates a run in which two documents have the same score and the first of them is right: RR, RR@10 and RR@1, P@1, nDCG@1.
# Expected: one order of the two for all measures: RR and RR@10 are the same when there are two hits, and RR@1 is 1 only if P@1 is.
# Happens: RR is 0.5 and RR@10 is 1; RR@1 is 1, while P@1, Success@1 and nDCG@1 are 0. With a limit RR is computed by another program, which takes equal
#   scores in the order of ids; without one by trec_eval, which takes them in the reverse order.
# Matters: scores of word counts, of rounded numbers and of reranks are equal often; a table of measures has rows that contradict each
#   other.
# Source: ir-measures' documentation (providers; RR is by pytrec_eval, RR@k by msmarco); trec_eval's README (ties by document number, in reverse);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python ir-measures==0.4.3 numpy==2.4.6
cat > look.py <<'PY'
import ir_measures
from ir_measures import RR, P, Success, nDCG

MEASURES = [RR, RR @ 10, RR @ 1, P @ 1, Success @ 1, nDCG @ 1]


def rate(score):
    seen = ir_measures.calc_aggregate(MEASURES, {"q": {"a": 1}}, {"q": {"a": score, "b": 1.0}})
    return {str(measure): seen[measure] for measure in MEASURES}


clear, equal = rate(2.0), rate(1.0)
print(clear, equal, sep="\n")
assert set(clear.values()) == {1.0}
assert (equal["RR"], equal["RR@10"]) == (0.5, 1.0), "a limit does not change the order now"
assert (equal["RR@1"], equal["P@1"], equal["Success@1"], equal["nDCG@1"]) == (1.0, 0.0, 0.0, 0.0), "one order for all now"
PY
python look.py
