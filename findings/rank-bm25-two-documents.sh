#!/usr/bin/env bash
# rank-bm25 ranks documents by words.
# Expected: a word that stands in one of two documents ranks that document above the other.
# Happens: both get 0.0: BM25Okapi takes log((N - n + 0.5) / (n + 0.5)) for the weight of a word, which is log(1) for
#   a word in half of the documents, and only negative weights are raised.
# Matters: a small collection, or a filtered one, cannot be searched by the words that tell its documents apart.
# Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009), 3.1; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python rank-bm25==0.2.2 numpy==2.3.5
cat > look.py <<'PY'
from rank_bm25 import BM25Okapi, BM25Plus

texts = [["rent", "in", "hamburg"], ["rent", "in", "leipzig"]]
okapi = list(BM25Okapi(texts).get_scores(["hamburg"]))
plus = list(BM25Plus(texts).get_scores(["hamburg"]))
print("BM25Okapi", okapi, "BM25Plus", plus)
assert okapi == [0.0, 0.0], "the word counts now"
assert plus[0] > plus[1], plus
PY
python look.py
