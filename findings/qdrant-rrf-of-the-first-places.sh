#!/usr/bin/env bash
# Qdrant (here the client's local mode) joins a search by vectors and one by words by reciprocal ranks (Fusion.RRF).
# Expected: a document that is fourth in both lists is before one that is first in one and missing in the other: in the paper, and
#   in ranx, Elasticsearch and LangChain a place counts 1/(60 + place).
# Happens: the other way round: it counts 1/(2 + place - 1), so that the first place in one list (0.5) is worth more than the fourth
#   in both (0.4). RrfQuery(rrf=Rrf(k=60)) sets it.
# Matters: the best of the words alone, or of the vectors alone, comes before what both found; results and thresholds do not carry
#   over from one database to the other.
# Source: Cormack, Clarke and Büttcher 2009 (k = 60); Qdrant's documentation of hybrid queries; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python qdrant-client==1.20.0 ranx==0.3.21
cat > look.py <<'PY'
import math

import ranx
from qdrant_client import QdrantClient, models

# By the angle of the one vector the order is 1 2 3 4, by the other one 5 6 7 4; the limit of each search is four.
ANGLES = {1: (0.1, 3.0), 2: (0.2, 2.9), 3: (0.3, 2.8), 4: (0.4, 0.4), 5: (3.0, 0.1), 6: (2.9, 0.2), 7: (2.8, 0.3)}
point = lambda angle: [math.cos(angle), math.sin(angle)]
size = models.VectorParams(size=2, distance=models.Distance.COSINE)
client = QdrantClient(":memory:")
client.create_collection("texts", vectors_config={"words": size, "sense": size})
make = lambda id, angles: models.PointStruct(id=id, vector=dict(zip(("words", "sense"), map(point, angles))))
client.upsert("texts", [make(id, angles) for id, angles in ANGLES.items()])
search = [models.Prefetch(query=point(0), using=using, limit=4) for using in ("words", "sense")]
ask = lambda query: {hit.id: round(hit.score, 3) for hit in client.query_points("texts", prefetch=search, query=query).points}
plain, sixty = ask(models.FusionQuery(fusion=models.Fusion.RRF)), ask(models.RrfQuery(rrf=models.Rrf(k=60)))
runs = [ranx.Run({"q": {str(id): 1 - at / 9 for at, id in enumerate(ids)}}) for ids in ([1, 2, 3, 4], [5, 6, 7, 4])]
of_ranx = ranx.fuse(runs=runs, method="rrf").run["q"]
print(plain, sixty, dict(of_ranx))
assert max(of_ranx, key=of_ranx.get) == "4" and next(iter(sixty)) == 4
assert plain[1] == plain[5] == 0.5 and plain[4] == 0.4, "places count otherwise now"
PY
python look.py
