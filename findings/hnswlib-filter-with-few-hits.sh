#!/usr/bin/env bash
# hnswlib looks for the three nearest vectors among those that a filter lets through (knn_query with filter); it lets one
#   through.
# Expected: one result: there is no more.
# Happens: RuntimeError "Cannot return the results in a contiguous 2D array. Probably ef or M is too small": ef has nothing
#   to do with it; exactly k results have to be there.
# Matters: a search within a folder, a customer or a language fails as a whole wherever there are fewer passages than are
#   asked for; with test data, where every folder has enough, it works. k has to be the number of what passes the filter,
#   at most.
# Source: hnswlib's README (filter: a function that says which labels may be returned); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python hnswlib==0.8.0 numpy==2.4.6
cat > look.py <<'PY'
import hnswlib
import numpy

index = hnswlib.Index(space="l2", dim=2)
index.init_index(10)
index.add_items(numpy.array([[0, 0], [1, 0], [2, 0], [3, 0]]), [7, 8, 9, 10])
index.set_ef(50)


def near(wanted):
    try:
        return index.knn_query([[0, 0]], k=3, num_threads=1, filter=lambda label: label in wanted)[0].tolist()
    except RuntimeError as error:
        return str(error)


enough, few = near({7, 8, 9, 10}), near({9})
print(enough, few)
assert enough == [[7, 8, 9]], enough
assert isinstance(few, str) and "contiguous 2D array" in few, "fewer results are returned now"
PY
python look.py
