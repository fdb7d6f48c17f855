#!/usr/bin/env bash
# sqlglot's executor runs SQL on rows of Python: the remainder of -7 by 3, and 0.5, 2.5 and -2.5 rounded.
# Expected: -1; and 1, 3 and -3, as SQLite and DuckDB have them: SQL's remainder has the sign of the first number, and halves go
#   away from zero.
# Happens: 2; and 0, 2 and -2: the functions are Python's, whose remainder has the sign of the second, and whose halves go to the even.
# Matters: results that are checked with the executor differ from the database's in a row here and there: the group of a negative
#   number, the amount that ends in a half.
# Source: SQLite's and DuckDB's results, shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sqlglot==30.30.0 duckdb==1.5.4
cat > look.py <<'PY'
import sqlite3

import duckdb
from sqlglot.executor import execute

query = "SELECT -7 % 3, ROUND(0.5), ROUND(2.5), ROUND(-2.5), ROUND(1.4)"
row = [{"one": 1}]
seen = execute(query + " FROM rows", tables={"rows": row}).rows[0]
others = [tuple(map(float, database.execute(query).fetchone())) for database in (sqlite3.connect(":memory:"), duckdb.connect())]
print("sqlglot", seen, "SQLite, DuckDB", *others)
assert others == [(-1, 1, 3, -3, 1)] * 2, others
assert tuple(seen) == (2, 0, 2, -2, 1), "it counts as SQL does now"
PY
python look.py
