#!/usr/bin/env bash
# tantivy (here through its Python package) takes a question as people type it: "what's the rent".
# Expected: the words are searched, as with the typographic apostrophe (’), or for "engines of ships?", which has a sign as
#   well.
# Happens: "Syntax Error": an apostrophe begins or ends a phrase, as a quotation mark does, so a single one in a word is an
#   error. "don't", "the engine's rpm" and French as a whole ("l'heure") cannot be asked. parse_query_lenient takes them.
# Matters: the error depends on the keyboard: telephones write ’ by themselves, so that tests on one pass and users of
#   another fail.
# Source: tantivy's documentation of QueryParser (phrases in quotation marks); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python tantivy==0.27.0
cat > look.py <<'PY'
import tantivy

builder = tantivy.SchemaBuilder()
builder.add_text_field("body", stored=True)
index = tantivy.Index(builder.build())
writer = index.writer()
writer.add_document(tantivy.Document(body="l'heure, and what's the rent"))
writer.commit()
index.reload()


def found(query, parse=index.parse_query):
    try:
        parsed = parse(query, ["body"])
    except ValueError as error:
        return str(error)
    return index.searcher().search(parsed[0] if isinstance(parsed, tuple) else parsed).count


QUERIES = ("what’s the rent", "what's the rent", "l'heure")
strict, lenient = [found(q) for q in QUERIES], [found(q, index.parse_query_lenient) for q in QUERIES]
print(strict, lenient)
assert strict[0] == 1 and lenient == [1, 1, 1], lenient
assert all(str(seen).startswith("Syntax Error") for seen in strict[1:]), "an apostrophe is part of a word now"
PY
python look.py
