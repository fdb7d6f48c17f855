#!/usr/bin/env bash
# ranx joins the results of two searches (fuse, min-max normalisation, weighted sum): one by meaning with three hits, one by
#   words that found just one document.
# Expected: the only hit of a search is its best one and counts as such, as the first of two or three does.
# Happens: its score becomes 0, the same as that of a document which the search did not find: highest and lowest score are
#   equal, and the difference to the lowest is 0. Had the search found a second, worse one, the first would have 1.
# Matters: a part number or a name that stands in one document only is what search by words is for; the fused ranking goes as if
#   it had found nothing.
# Source: ranx's documentation of fusion and normalisation (min-max scales to 0..1); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python ranx==0.3.21
cat > look.py <<'PY'
from ranx import Run, fuse

MEANING = {"q": {"a": 0.9, "b": 0.8, "exact": 0.7}}


def fused(words):
    runs = [Run(MEANING), Run({"q": words})]
    scores = fuse(runs=runs, norm="min-max", method="wsum", params={"weights": (0.4, 0.6)}).to_dict()["q"]
    return sorted(scores, key=scores.get, reverse=True)[0], round(scores["exact"], 3)


two, one = fused({"exact": 12.0, "other": 3.0}), fused({"exact": 12.0})
print("with two hits:", two, "with one:", one)
assert two == ("exact", 0.6), two
assert one == ("a", 0.0), "the only hit counts now"
PY
python -W ignore look.py
