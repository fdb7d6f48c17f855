#!/usr/bin/env bash
# voyager (Spotify's index of vectors) holds three vectors that were added with their ids, 0, 1 and 2; another one is added without an id.
# Expected: the new one gets id 3: the documentation says that the id is generated from the number of elements in the index.
# Happens: it gets id 0 and replaces the vector there; the index still has three. Ids that are generated count only each other: after
#   saving and loading the same call gives 3.
# Matters: a vector of the first documents is gone without a word, and its id leads to another text; tests that load the index first
#   pass.
# Source: the documentation of voyager's Index.add_item (id: generated based on the number of elements already in this index); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python voyager==2.2.3 numpy==2.4.6
cat > look.py <<'PY'
import numpy as np
import voyager

VECTORS = np.array([[1, 0], [0, 1], [5, 5]], dtype=np.float32)
NEW = np.array([9, 9], dtype=np.float32)


def add(index):
    id = index.add_item(NEW)
    return id, {known: index.get_vector(known).tolist() for known in sorted(index.ids)}


given = voyager.Index(voyager.Space.Euclidean, 2)
given.add_items(VECTORS, ids=[0, 1, 2])
given.save("index.voy")
generated = voyager.Index(voyager.Space.Euclidean, 2)
generated.add_items(VECTORS)
seen, loaded, other = add(given), add(voyager.Index.load("index.voy")), add(generated)
print(seen, loaded, other, sep="\n")
assert loaded == other == (3, {0: [1, 0], 1: [0, 1], 2: [5, 5], 3: [9, 9]})
assert seen == (0, {0: [9, 9], 1: [0, 1], 2: [5, 5]}), "new vectors get new ids now"
PY
python look.py
