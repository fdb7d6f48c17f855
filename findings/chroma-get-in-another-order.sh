#!/usr/bin/env bash
# Chroma gets records by a list of ids, as they came from a ranking: get(ids=["c", "a", "b"]).
# Expected: the records in the order of the ids, as the vectors of query() come in the order of its queries.
# Happens: they come in the order in which they were stored; an id that does not exist leaves no gap.
# Matters: code that pairs the texts with the scores of its ranking gives every passage another one's score, and cites the
#   wrong one first.
# Source: Chroma's documentation of get (ids: the ids to get); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python chromadb==1.5.9 numpy==2.4.6
cat > look.py <<'PY'
import chromadb

client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
records = client.create_collection("records", embedding_function=None)
names = ["a", "b", "c"]
records.add(ids=names, embeddings=[[1, 0]] * 3, documents=[f"text of {name}" for name in names])
asked = ["c", "missing", "a", "b"]
found = records.get(ids=asked)
print(asked, found["ids"], found["documents"])
assert found["ids"] == ["a", "b", "c"], "the order is kept now"
assert found["documents"] == ["text of a", "text of b", "text of c"]
PY
python look.py
