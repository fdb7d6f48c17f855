#!/usr/bin/env bash
# bm25s and Whoosh (Whoosh-Reloaded) search "vitamin C" among texts on vitamin C and vitamin D.
# Expected: the text on vitamin C comes first, or at least with a higher score.
# Happens: words of one letter or digit are in neither index (bm25s takes \w\w+, Whoosh's StandardAnalyzer has minsize 2), so
#   both texts get the same score; Whoosh makes of the query "C" one that finds nothing, and of "plan B" in quotes "plan".
# Matters: vitamins, plans, grades, types, clauses and programming languages have names of one letter; every answer about
#   them is a guess among the others.
# Source: the documentation of bm25s.tokenize (token_pattern) and of whoosh.analysis.StandardAnalyzer; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python bm25s==0.3.16 numpy==2.4.6 Whoosh-Reloaded==2.7.5
cat > look.py <<'PY'
import bm25s
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

TEXTS = ["vitamin D in winter", "vitamin C in winter", "plan A is over", "plan B is over"]

ranker = bm25s.BM25()
ranker.index(bm25s.tokenize(TEXTS, show_progress=False), show_progress=False)
query = bm25s.tokenize("vitamin C", show_progress=False)
texts, scores = ranker.retrieve(query, corpus=TEXTS, k=2, show_progress=False)
print("bm25s", texts.tolist(), scores.tolist())

index = RamStorage().create_index(Schema(name=ID(stored=True), text=TEXT))
writer = index.writer()
for text in TEXTS:
    writer.add_document(name=text, text=text)
writer.commit()
whoosh = {}
with index.searcher() as searcher:
    for query in ("vitamin C", "C", '"plan B"'):
        hits = searcher.search(QueryParser("text", index.schema).parse(query))
        whoosh[query] = [(hit["name"], round(hit.score, 3)) for hit in hits]
print("Whoosh", whoosh)

assert set(texts[0]) == set(TEXTS[:2]) and scores[0][0] == scores[0][1] > 0, "bm25s tells C from D now"
assert len({score for _, score in whoosh["vitamin C"]}) == 1 and len(whoosh["vitamin C"]) == 2, whoosh
assert whoosh["C"] == [] and len(whoosh['"plan B"']) == 2, "Whoosh has single letters now"
PY
python look.py
