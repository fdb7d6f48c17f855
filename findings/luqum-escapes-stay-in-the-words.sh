#!/usr/bin/env bash
# luqum turns a query with escaped signs into Elasticsearch's: id:A\-7, id:A\:7, "12\" pipe".
# Expected: the word without the backslash, as Lucene reads it: a backslash makes a sign of the syntax a plain one, and a term query
#   takes its value as it stands.
# Happens: the backslash goes into the query: {"term": {"id": {"value": "A\\-7"}}}. In a field that is not analysed nothing has it; the
#   colon, which has to be escaped, cannot be looked for at all.
# Matters: part numbers, times and inches are not found as soon as they are escaped by the rules; with the hyphen left as it is it works.
# Source: Lucene's documentation of the query parser (escaping special characters with a backslash); Elasticsearch's of term queries (exact value);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python luqum==1.0.0
cat > look.py <<'PY'
from luqum.elasticsearch import ElasticsearchQueryBuilder
from luqum.parser import parser

build = ElasticsearchQueryBuilder(default_field="text", not_analyzed_fields=["id"])
values = [build(parser.parse(query))["term"]["id"]["value"] for query in ("id:A-7", r"id:A\-7", r"id:A\:7", r'id:"12\" pipe"')]
print(values)
assert values[0] == "A-7"
assert values[1:] == [r"A\-7", r"A\:7", r"12\" pipe"], "escapes are undone now"
PY
python look.py
