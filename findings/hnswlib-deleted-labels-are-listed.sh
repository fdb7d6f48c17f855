#!/usr/bin/env bash
# hnswlib deletes a vector (mark_deleted) and then lists the labels of the index (get_ids_list) and counts them.
# Expected: three of four: the vector is not found any more, and get_items() refuses its label ("Label not found").
# Happens: get_ids_list() still names the label, and get_current_count() is still 4. Nothing in the Python package tells
#   which labels are deleted.
# Matters: a comparison with the database, to find what has to be added or taken out, holds deleted passages for indexed
#   ones and never adds them again; the count that is shown never goes down.
# Source: hnswlib's README (get_ids_list: a list of all elements' ids; mark_deleted: omitted from results); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python hnswlib==0.8.0 numpy==2.4.6
cat > look.py <<'PY'
import hnswlib
import numpy

index = hnswlib.Index(space="l2", dim=2)
index.init_index(10)
index.add_items(numpy.array([[0, 0], [1, 0], [2, 0], [3, 0]]), [7, 8, 9, 10])
index.mark_deleted(8)
near = index.knn_query([[0, 0]], k=3)[0].tolist()
try:
    index.get_items([8])
    got = True
except RuntimeError as error:
    got = str(error)
print("found", near, "get_items", got, "ids", index.get_ids_list(), "count", index.get_current_count())
assert near == [[7, 9, 10]] and got == "Label not found", (near, got)
assert sorted(index.get_ids_list()) == [7, 8, 9, 10] and index.get_current_count() == 4, "deleted labels are left out now"
PY
python look.py
