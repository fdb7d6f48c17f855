#!/usr/bin/env bash
# tantivy (here through its Python package) looks for words by their beginning: "pum*".
# Expected: "pump" and "pumping", as in Lucene, whose language of queries it follows, or an error that there is no such
#   search.
# Happens: the star is dropped like any sign: the query is the word "pum", and finds nothing. "pump*" is "pump" and seems
#   to work. A beginning can only be the last word of a phrase: "running pum"*.
# Matters: a search for PPR-90* or Miet* says that there is nothing, and there is.
# Source: tantivy's documentation of QueryParser (prefix of a phrase, "*" alone for everything); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python tantivy==0.27.0
cat > look.py <<'PY'
import tantivy

builder = tantivy.SchemaBuilder()
builder.add_text_field("body", stored=True)
index = tantivy.Index(builder.build())
writer = index.writer()
for body in ("running pump", "running pumps", "running pumping station"):
    writer.add_document(tantivy.Document(body=body))
writer.commit()
index.reload()
QUERIES = ("pump*", "pum*", '"running pum"*')
counts = {query: index.searcher().search(index.parse_query(query, ["body"])).count for query in QUERIES}
print(counts)
assert counts['"running pum"*'] == 3, counts
assert counts["pump*"] == 1 and counts["pum*"] == 0, "the star means something now"
PY
python look.py
