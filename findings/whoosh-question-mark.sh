#!/usr/bin/env bash
# Whoosh (Whoosh-Reloaded) is asked a question as people type it: "is the pump broken?", and "pump -rusty".
# Expected: what "is the pump broken" finds; and the texts on pumps that are not rusty, as in Lucene, FTS and web searches.
# Happens: nothing: in the default parser the question mark stands for one more letter, and no word is "broken" and a letter. The
#   minus is dropped, so the second query finds the rusty pump alone.
# Matters: the last word of every question is lost, and all words have to be found; leaving a word out finds just what was to be
#   left out.
# Source: Whoosh's documentation of the default query language (? and *; NOT, with + and - as a plugin); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python Whoosh-Reloaded==2.7.5
cat > look.py <<'PY'
import warnings

warnings.filterwarnings("ignore")
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser

schema = Schema(text=TEXT(stored=True))
index = RamStorage().create_index(schema)
writer = index.writer()
TEXTS = ["the pump is broken", "a rusty pump", "a new pump"]
for text in TEXTS:
    writer.add_document(text=text)
writer.commit()
searcher = index.searcher()
found = lambda query: sorted(hit["text"] for hit in searcher.search(QueryParser("text", schema).parse(query)))
seen = {query: found(query) for query in ("is the pump broken", "is the pump broken?", "pump NOT rusty", "pump -rusty")}
print(seen)
assert seen["is the pump broken"] == ["the pump is broken"]
assert seen["pump NOT rusty"] == ["a new pump", "the pump is broken"]
assert seen["is the pump broken?"] == [], "questions find something now"
assert seen["pump -rusty"] == ["a rusty pump"], "the minus leaves words out now"
PY
python look.py
