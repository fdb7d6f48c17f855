#!/usr/bin/env bash
# pytrec_eval rates a baseline that gives the newest documents first: the score is the time of each in seconds (1709640060, 1709640050,
#   1709640040), and the newest one is right.
# Expected: reciprocal rank 1: scores are Python's floats, which tell such numbers apart to the microsecond.
# Happens: 0.333: the scores are kept in 32 bits, where times within about two minutes are one number, and equal ones are ordered by
#   the id, backwards. So it is with 1e9 minus the place, and with sums whose difference lies behind the seventh figure.
# Matters: runs of other systems are rated in another order than they have, without a word; ranx and a sort in Python disagree with it.
# Source: the README of pytrec_eval (scores are floats of Python); trec_eval's source (the similarity is a float of C) and README (ties); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pytrec_eval-terrier==0.5.10 numpy==2.4.6
cat > look.py <<'PY'
import pytrec_eval

IDS = ["a", "b", "c"]


def rate(*scores):
    run = {"q": dict(zip(IDS, map(float, scores), strict=True))}
    assert sorted(IDS, key=run["q"].get, reverse=True) == IDS
    return pytrec_eval.RelevanceEvaluator({"q": {"a": 1}}, {"recip_rank"}).evaluate(run)["q"]["recip_rank"]


places, times, far = rate(3, 2, 1), rate(1709640060, 1709640050, 1709640040), rate(1709740000, 1709640000, 1709540000)
minus, sums = rate(1e9 - 1, 1e9 - 2, 1e9 - 3), rate(0.900000003, 0.900000002, 0.900000001)
print(places, times, far, minus, sums)
assert places == far == 1
assert [round(value, 3) for value in (times, minus, sums)] == [0.333] * 3, "scores keep their figures now"
PY
python look.py
