#!/usr/bin/env bash
# polars.read_excel reads a list of 1,200 order numbers, one of which, in row 1,100, is a text: "PPR-9087".
# Expected: the column is text, or that cell is null, or there is an error: the rows stay 1,200.
# Happens: the type is guessed from the first rows, the cell becomes null without a word, and the row, now empty, is dropped
#   (drop_empty_rows): 1,199 rows. infer_schema_length=None reads all 1,200 as text.
# Matters: lists with a few numbers of another form lose just those, and later rows no longer stand where they stood.
# Source: polars' documentation of read_excel (infer_schema_length, drop_empty_rows); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python polars==2.1.0 fastexcel==0.21.0 XlsxWriter==3.3.1
cat > look.py <<'PY'
import polars
import xlsxwriter

ROWS, ODD = 1200, 1100
with xlsxwriter.Workbook("t.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Order")
    for row in range(1, ROWS + 1):
        sheet.write(row, 0, "PPR-9087" if row == ODD else 500000 + row)

guessed = polars.read_excel("t.xlsx")
whole = polars.read_excel("t.xlsx", infer_schema_length=None)
print(guessed.schema, guessed.height, "and with all rows looked at:", whole.schema, whole.height)
assert whole.height == ROWS and whole["Order"][ODD - 1] == "PPR-9087", whole
assert guessed.height == ROWS - 1 and guessed["Order"].null_count() == 0, "no row is lost now"
assert guessed["Order"][ODD - 1] == 500000 + ODD + 1, guessed["Order"][ODD - 1]
PY
python look.py
