#!/usr/bin/env bash
# DuckDB reads a CSV file of three columns and fifty rows, one of which ends early: 7,South for 7,South, - empty cells at the end are
#   not written by some programs - or the last line is a remark, "Total: 50".
# Expected: three columns and NULL in the missing cell, as pandas and Polars read it; or an error that names the line, as DuckDB gives one
#   for a cell that is no number.
# Happens: one column, called "id,site,rent", of fifty texts: commas are no separators any more. null_padding=true gives the
#   three columns back.
# Matters: a table that was read for months turns into one column by a single row, and it is no error until a column is named; with
#   "SELECT *" it goes on into the next file.
# Source: DuckDB's documentation (CSV auto detection; null_padding is off); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python duckdb==2.0.1 polars==2.1.0
cat > look.py <<'PY'
import duckdb
import polars

rows = [f"{number},South,{number * 10}" for number in range(1, 51)]
whole = ["id,site,rent", *rows]


def columns(lines, options=""):
    with open("sites.csv", "w") as file:
        file.write("\n".join(lines) + "\n")
    return duckdb.sql(f"SELECT * FROM read_csv('sites.csv'{options})").columns


short = [*whole[:7], "7,South", *whole[8:]]
seen = [columns(whole), columns([*whole, "Total: 50"]), columns(short), columns(short, ", null_padding=true")]
print(seen)
assert seen[0] == seen[3] == ["id", "site", "rent"]
assert polars.read_csv("sites.csv", truncate_ragged_lines=True).columns == seen[0]
assert seen[1] == seen[2] == ["id,site,rent"], "columns are kept now"
PY
python look.py
