#!/usr/bin/env bash
# Chroma writes a record anew with upsert(): another vector, and metadata without the key that said it is a draft.
# Expected: the record is what was given last: add or replace, as upsert is in Qdrant; what is not given is gone.
# Happens: keys that are not named stay ("draft": True), and so does the old text where no text is given, beside the new vector.
#   A key goes only if it is given as None; to replace a record it has to be deleted first.
# Matters: a filter on a label that was taken off still finds the record, and a passage is shown that the vector does not
#   belong to.
# Source: Chroma's documentation of upsert (updates what exists, else adds) and of update; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python chromadb==1.5.9 numpy==2.4.6
cat > look.py <<'PY'
import chromadb

client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
records = client.create_collection("records", embedding_function=None)
records.add(ids=["1"], embeddings=[[1, 0]], metadatas=[{"draft": True, "page": 4}], documents=["old text"])
records.upsert(ids=["1"], embeddings=[[0, 1]], metadatas=[{"page": 5}])
found = records.get(where={"draft": True}, include=["metadatas", "documents", "embeddings"])
print(found["metadatas"], found["documents"], found["embeddings"].tolist())
assert found["embeddings"].tolist() == [[0.0, 1.0]]
assert found["metadatas"] == [{"draft": True, "page": 5}], "old keys go now"
assert found["documents"] == ["old text"], "the old text goes now"
records.upsert(ids=["1"], embeddings=[[0, 1]], metadatas=[{"draft": None}])
assert records.get()["metadatas"] == [{"page": 5}], records.get()["metadatas"]
PY
python look.py
