#!/usr/bin/env bash
# tantivy (here through its Python package) searches a text field with its default analyser.
# Expected: a word that stands in a document is found, or the index tells that it left it out.
# Happens: words of 40 bytes and more are dropped in silence, from documents and from queries: a checksum, a long key
#   or a URL part is not found.
# Matters: the same file name or hash that is shown in the result of another search finds nothing.
# Source: tantivy, TokenizerManager::default: RemoveLongFilter with a limit of 40; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python tantivy==0.27.0
cat > look.py <<'PY'
import tantivy

builder = tantivy.SchemaBuilder()
builder.add_text_field("body")
index = tantivy.Index(builder.build())
writer = index.writer()
short, long = "a" * 39, "b" * 40
writer.add_document(tantivy.Document(body=f"hash {short} {long}"))
writer.commit()
index.reload()
found = {len(word): index.searcher().search(index.parse_query(word, ["body"])).count for word in ("hash", short, long)}
print("words found by length:", found)
assert found == {4: 1, 39: 1, 40: 0}, "long words are kept now"
PY
python look.py
