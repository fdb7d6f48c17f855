#!/usr/bin/env bash
# USearch's index keeps vectors of float32 whose values are not all below one: years, prices, places on a map; nothing is set but
#   the number of dimensions and the metric.
# Expected: the values that were put in, as in Faiss and hnswlib: they are float32, and so is what get() gives back.
# Happens: where the processor is fast with bfloat16 they are kept so, with less than three figures: 1003, 1004 and 1005 are one
#   value, and a search for 1003 has 1005 first, at distance 0. Two places in Berlin that lie apart are one. dtype="f32" keeps them.
# Matters: the nearest is a matter of chance, and the distances say that it is exact; the same program finds other things on another
#   machine. Vectors of embeddings of length one hide it in tests.
# Source: USearch's README (dtype is one of the optional settings); bfloat16 has 8 bits of precision; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python usearch==2.26.6 numpy==2.2.6
cat > look.py <<'PY'
import numpy as np
from usearch.index import Index


def nearest(**settings):
    index = Index(ndim=1, metric="l2sq", **settings)
    for year in range(1000, 1010):
        index.add(year, np.array([year], dtype=np.float32))
    hits = index.search(np.array([1003], dtype=np.float32), 3)
    return [int(key) for key in hits.keys], [float(distance) for distance in hits.distances]


if str(Index(ndim=1, metric="l2sq").dtype) != "ScalarKind.BF16":
    print("this processor is not fast with bfloat16: nothing to be seen here")
    raise SystemExit
plain, exact = nearest(), nearest(dtype="f32")
places = Index(ndim=2, metric="l2sq")
places.add(1, np.array([52.5200, 13.4050], dtype=np.float32))
other = places.search(np.array([52.5170, 13.3889], dtype=np.float32), 1)
print(plain, exact, places.get(1), float(other.distances[0]))
assert exact[0][0] == 1003 and exact[1] == [0, 1, 1]
assert plain[1] == [0, 0, 0], "numbers are kept whole now"
assert float(other.distances[0]) == 0, "places are kept whole now"
PY
python look.py
