#!/usr/bin/env bash
# LanceDB makes a table from the first records, whose vectors have whole numbers, [1, 0] and [0, 1], as in first tries, one-hot codes or
#   JSON that writes 1.0 as 1; then vectors with fractions are added.
# Expected: float32, as with any other list, or an error when 0.6 does not fit: 300 gives one.
# Happens: the column holds bytes (uint8), since all fit; [0.6, 0.8] is stored as [0, 0], and a search for it says distance 0. So it
#   is with update(). If one value of the first records is -1 or 0.5, all are float32.
# Matters: all vectors below one, as models make them, become the same; results are in the order of chance, with distances
#   that look perfect.
# Source: LanceDB's reference (create_table: schema is optional) and its pull request 2856, which keeps bytes for small whole numbers;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python lancedb==0.40.0
cat > look.py <<'PY'
import lancedb

table = lancedb.connect("places").create_table("places", [{"id": 0, "vector": [1, 0]}, {"id": 1, "vector": [0, 1]}])
table.add([{"id": 2, "vector": [0.6, 0.8]}, {"id": 3, "vector": [0.9, 0.1]}])
stored = {row["id"]: row["vector"] for row in table.to_arrow().to_pylist()}
hits = {row["id"]: row["_distance"] for row in table.search([0.6, 0.8]).limit(4).to_list()}
print(table.schema.field("vector").type, stored, hits)
assert stored[2] == stored[3] == [0, 0], "fractions are kept or refused now"
assert hits[2] == hits[3] == 0
PY
python look.py
