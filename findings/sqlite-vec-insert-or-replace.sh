#!/usr/bin/env bash
# sqlite-vec's table of vectors (vec0) gets the vector of a document anew: INSERT OR REPLACE, as in other tables of SQLite.
# Expected: the row is replaced: SQLite's full-text tables (FTS5), which are virtual tables as well, do it with the same
#   words.
# Happens: "UNIQUE constraint failed on p primary key"; the old vector stays. The row has to be deleted first, or updated.
# Matters: a file that was edited keeps the vector of its old text when the error is passed over, and stops the indexing
#   when it is not; it comes with the second version of a document, not with the first.
# Source: SQLite's documentation of ON CONFLICT (REPLACE deletes what is there) and of virtual tables (xUpdate,
#   sqlite3_vtab_on_conflict); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sqlite-vec==0.1.9 apsw==3.54.1.0
cat > look.py <<'PY'
import apsw
import sqlite_vec

db = apsw.Connection(":memory:")
db.enable_load_extension(True)
db.load_extension(sqlite_vec.loadable_path())
db.execute("CREATE VIRTUAL TABLE p USING vec0(id INTEGER PRIMARY KEY, vector FLOAT[2])")
db.execute("CREATE VIRTUAL TABLE words USING fts5(body)")


def write(table, key, column, value):
    try:
        db.execute(f"INSERT OR REPLACE INTO {table}({key}, {column}) VALUES (1, ?)", (value,))
        return "written"
    except apsw.Error as error:
        return str(error)


words = [write("words", "rowid", "body", text) for text in ("old", "new")]
vectors = [write("p", "id", "vector", text) for text in ("[1, 0]", "[0, 1]")]
kept = [db.execute(f"SELECT {of}").fetchall() for of in ("body FROM words", "vec_to_json(vector) FROM p")]
print(db.execute("SELECT vec_version()").fetchall(), words, vectors, kept)
assert words == ["written", "written"] and kept[0] == [("new",)], (words, kept)
assert vectors[0] == "written" and "UNIQUE constraint failed" in vectors[1], "the vector is replaced now"
PY
python look.py
