#!/usr/bin/env bash
# SQLite's full-text search (FTS5) with the stemmer (tokenize = 'porter') answers a search-as-you-type: a word that grows
#   letter by letter, with * at its end.
# Expected: every beginning of "connection" finds "the connection broke", as it does without the stemmer.
# Happens: "connect*" and "connection*" find it, "connecti*" and "connectio*" do not. The index holds the stem "connect", and
#   the beginning is stemmed as if it were a word: "connectio" stays, and is longer than what is stored.
# Matters: results come, go and come again while one types.
# Source: SQLite's documentation of FTS5, 3.3 (prefix queries match any token that begins so) and 4.3.3 (porter); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python apsw==3.54.1.0
cat > look.py <<'PY'
import apsw

WORD = "connection"


def found(tokenizer):
    base = apsw.Connection(":memory:")
    base.execute(f'create virtual table t using fts5(x, tokenize="{tokenizer}")')
    base.execute("insert into t values ('the connection broke')")
    beginnings = [WORD[:length] for length in range(4, len(WORD) + 1)]
    return [part for part in beginnings if base.execute("select 1 from t where t match ?", (part + "*",)).fetchone()]


plain, stemmed = found("unicode61"), found("porter unicode61")
print("SQLite", apsw.sqlite_lib_version(), "plain", plain, "porter", stemmed)
assert plain == ["conn", "conne", "connec", "connect", "connecti", "connectio", "connection"], plain
assert stemmed == ["conn", "conne", "connec", "connect", "connection"], "all beginnings find the word now"
PY
python look.py
