#!/usr/bin/env bash
# Faiss gives all vectors within a distance (range_search), as one does for near-duplicates or with a threshold of
#   similarity.
# Expected: the nearest first, as search() has it.
# Happens: they come in the order in which they were stored; only search() sorts. And L2 is the square of the distance in
#   both.
# Matters: code that takes the first five for the best five, as it may with search(), gets any five; nothing fails. Sort by
#   the distances that come along.
# Source: Faiss' documentation of range_search (the result for each query stands between two limits); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python faiss-cpu==1.15.1 numpy==2.4.6
cat > look.py <<'PY'
import faiss
import numpy

index = faiss.IndexFlatIP(2)
index.add(numpy.array([[0.6, 0.8], [1, 0], [0.8, 0.6], [0, 1]], dtype="float32"))
query = numpy.array([[1, 0]], dtype="float32")
_, scores, within = index.range_search(query, 0.5)
_, nearest = index.search(query, 3)
print("search", nearest[0].tolist(), "range_search", within.tolist(), scores.tolist())
assert nearest[0].tolist() == [1, 2, 0], nearest
assert within.tolist() == [0, 1, 2], "the nearest comes first now"
PY
python look.py
