#!/usr/bin/env bash
# sqlite-utils renames one column of a table (transform), which also has a name that is compared without regard to capitals (COLLATE
#   NOCASE), a sum that is generated, a default that is computed, and a trigger that keeps a log.
# Expected: these stay: ALTER TABLE ... RENAME COLUMN keeps them; primary keys, NOT NULL, CHECK, foreign keys and indexes do stay.
# Happens: "ANNA" is not found as "Anna" any more, the generated column and the trigger are gone, and the default is the text of its
#   formula.
# Matters: the table looks right, and new rows have '1 + 1' for a number and are not logged; a name can be there twice.
# Source: sqlite-utils' documentation of transform (how it makes a new table and copies the rows); SQLite's ALTER TABLE, shown below;
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sqlite-utils==4.2.1
cat > look.py <<'PY'
from sqlite_utils import Database


def look(change):
    db = Database(memory=True)
    db.conn.executescript("""
        CREATE TABLE log (text);
        CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE, town TEXT NOT NULL, rent INT, fee INT,
            total INT GENERATED ALWAYS AS (rent + fee), rooms INT DEFAULT (1 + 1));
        CREATE TRIGGER keep AFTER INSERT ON people BEGIN INSERT INTO log VALUES (new.name); END;
        INSERT INTO people (name, town, rent, fee) VALUES ('Anna', 'Hull', 900, 50);""")
    change(db)
    db.execute("INSERT INTO people (name, place, rent, fee) VALUES ('Ben', 'Rye', 1, 2)")
    found = db.execute("SELECT count(*) FROM people WHERE name = 'ANNA'").fetchone()[0]
    logged = [row[0] for row in db.execute("SELECT text FROM log")]
    return found, logged, list(db["people"].rows)[1]


plain = look(lambda db: db.execute("ALTER TABLE people RENAME COLUMN town TO place"))
changed = look(lambda db: db["people"].transform(rename={"town": "place"}))
print("ALTER TABLE:", plain, "\ntransform:  ", changed)
row = {"id": 2, "name": "Ben", "place": "Rye", "rent": 1, "fee": 2}
assert plain[:2] == (1, ["Anna", "Ben"]) and plain[2]["rooms"] == 2
assert changed == (0, ["Anna"], row | {"rooms": "1 + 1"}), "the rules stay now"
PY
python look.py
