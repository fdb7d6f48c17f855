#!/usr/bin/env bash
# bm25s looks for a word that is in no text (retrieve with k=2), and joins the result with one by vectors by reciprocal ranks.
# Expected: no hits, as in SQLite, Whoosh and Lucene: what has none of the words is not found.
# Happens: two texts with score 0, here the last ones; a query with one hit has one of these behind it. So do the
#   arrays of ids that are passed on.
# Matters: fusion by ranks looks at places only: texts without a word of the query get points, and with a word that is nowhere they
#   come before what the vectors found third.
# Source: bm25s' README (retrieve returns the top k); Cormack, Clarke and Büttcher 2009; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python bm25s==0.3.16 numpy==2.2.6
cat > look.py <<'PY'
import bm25s

TEXTS = ["pump one", "pier two", "crane three", "gate four", "berth five"]
index = bm25s.BM25()
index.index(bm25s.tokenize(TEXTS, show_progress=False), show_progress=False)


def hits(query, k=2):
    found = index.retrieve(bm25s.tokenize(query, show_progress=False), k=k, show_progress=False)
    return [int(place) for place in found.documents[0]], [float(score) for score in found.scores[0]]


by_vectors = [0, 1, 2]
none, one = hits("unicorn"), hits("pier")
points = lambda *lists: {id: sum(1 / (61 + ids.index(id)) for ids in lists if id in ids) for id in range(len(TEXTS))}
joined = points(by_vectors, none[0])
print(none, one, joined)
assert one[0][0] == 1 and one[1][0] > 0
assert none[1] == [0, 0] and len(set(none[0])) == 2, "nothing is found now"
assert one[1][1] == 0, "one text is found now"
assert max(joined[id] for id in none[0]) > joined[2], "what has none of the words is last now"
PY
python look.py
