#!/usr/bin/env bash
# Alembic makes a column NOT NULL in a table of an SQLite database (batch_alter_table); documents refer to the rows of that table with
#   ON DELETE CASCADE, and the program turns foreign keys on.
# Expected: documents stay: only a column of another table is changed; or an error, since the old table is dropped on the way.
#   With foreign keys off they stay.
# Happens: all documents are deleted, without an error: dropping the old table counts as deleting its rows.
# Matters: programs turn foreign keys on for each connection, that of migrations too; what a small change of one table empties is seen
#   later, in another one.
# Source: Alembic's documentation, batch migrations (which warns of foreign keys that are enforced); SQLite's on foreign keys (DROP TABLE
#   deletes the rows first); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python alembic==1.20.1 sqlalchemy==2.1.9
cat > look.py <<'PY'
import sqlalchemy
from alembic.migration import MigrationContext
from alembic.operations import Operations

TABLES = ("CREATE TABLE owners (id INTEGER PRIMARY KEY, name TEXT)",
          "CREATE TABLE documents (id INTEGER PRIMARY KEY, owner INT REFERENCES owners (id) ON DELETE CASCADE)",
          "INSERT INTO owners VALUES (1, 'Anna'), (2, 'Ben')", "INSERT INTO documents VALUES (1, 1), (2, 1), (3, 2)")


def look(keys):
    with sqlalchemy.create_engine("sqlite://").connect() as connection:
        connection.exec_driver_sql(f"PRAGMA foreign_keys = {keys}")
        for statement in TABLES:
            connection.exec_driver_sql(statement)
        connection.commit()
        with Operations(MigrationContext.configure(connection)).batch_alter_table("owners") as owners:
            owners.alter_column("name", existing_type=sqlalchemy.Text, nullable=False)
        connection.commit()
        return [connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar() for name in ("owners", "documents")]


seen = {keys: look(keys) for keys in ("OFF", "ON")}
print("owners and documents afterwards, by foreign_keys:", seen)
assert seen["OFF"] == [2, 3]
assert seen["ON"] == [2, 0], "documents stay now"
PY
python look.py
