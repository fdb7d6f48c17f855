#!/usr/bin/env bash
# luqum turns queries in Lucene's syntax into Elasticsearch's: price:>100, price:<=100.
# Expected: a range, as for price:{100 TO *], or an error, as for "a OR b AND c", which it takes as unclear: its parser knows the signs
#   (From and To in the tree).
# Happens: a match for 100, for > and for <= alike: the sign is dropped. A transformer in luqum.utils has to be put before.
# Matters: users who look for what costs more than 100 get what costs exactly that, and an empty list looks like an answer.
# Source: luqum's changelog for open ranges (names the transformer, and that the builder has no support; it does not say that the sign
#   is dropped); Elasticsearch's documentation of query_string (age:>10); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python luqum==1.0.0
cat > look.py <<'PY'
from luqum.elasticsearch import ElasticsearchQueryBuilder
from luqum.parser import parser

build = ElasticsearchQueryBuilder(default_field="text")
seen = {query: build(parser.parse(query)) for query in ("price:{100 TO *]", "price:>100", "price:<=100", "price:100")}
for query, built in seen.items():
    print(query, repr(parser.parse(query)), built)
assert seen["price:{100 TO *]"] == {"range": {"price": {"gt": "100"}}}
assert "From" in repr(parser.parse("price:>100"))
assert seen["price:>100"] == seen["price:<=100"] == seen["price:100"], "the sign counts now"
assert seen["price:>100"]["match"]["price"]["query"] == "100"
PY
python look.py
