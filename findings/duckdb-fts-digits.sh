#!/usr/bin/env bash
# DuckDB's full-text search (extension fts) looks for a part number.
# Expected: "9087" finds "see part 9087": a number is a word.
# Happens: everything but letters separates words (ignore is '(\\.|[^a-z])+' unless set), so no digit is in the index: 9087
#   finds nothing, "part 9087" ranks part 4711 as high as part 9087, and "C3PO" is "po".
# Matters: orders, paragraphs, years and amounts cannot be searched; nothing tells that they were left out.
# Source: DuckDB's documentation of create_fts_index (ignore); what was seen by this script. Linux on x86-64.
. "$(dirname "$0")/lib.sh"
with_python duckdb==1.4.4 duckdb-ext-fts==1.4.4.20260205
cat > look.py <<'PY'
import pathlib
import sysconfig

import duckdb

folder = pathlib.Path(sysconfig.get_path("purelib"), "duckdb_ext", "extensions")
extension = next(folder.rglob("fts.duckdb_extension"))
base = duckdb.connect(config={"extension_directory": str(pathlib.Path("extensions").resolve())})
base.execute(f"install '{extension}'")
base.execute("load fts")
base.execute("create table t (id int, x varchar)")
base.execute("insert into t values (1, 'see part 9087'), (2, 'see part 4711'), (3, 'C3PO walks')")
MATCH = "select id, fts_main_t.match_bm25(id, ?) score from t where score is not null order by id"


def found(query, **settings):
    given = "".join(f", {name} = '{value}'" for name, value in settings.items())
    base.execute(f"pragma create_fts_index('t', 'id', 'x', overwrite = 1{given})")
    return base.execute(MATCH, [query]).fetchall()


seen = {query: found(query) for query in ("9087", "part 9087")}
told = found("9087", ignore="(\\.|[^a-z0-9])+")
print(seen, "with digits:", told)
assert [row[0] for row in told] == [1]
assert seen["9087"] == [], "digits are found now"
(one, high), (two, other) = seen["part 9087"]
assert (one, two) == (1, 2) and high == other, "digits count now"
PY
python look.py
