#!/usr/bin/env bash
# pandas.read_html reads a table in which a cell has rowspan="0".
# Expected: the cell spans the remaining rows of its group, as browsers show it, and its value stands in each of them.
# Happens: the cell counts for its own row alone, so the next row's first value moves under the first column's name.
# Matters: counts come out as names of places, in silence; the rest of the table looks right.
# Source: HTML Standard, 4.9.11 (rowspan: zero means all the remaining rows in the row group); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pandas==3.1.1 lxml==6.1.3
cat > look.py <<'PY'
import io

import pandas

TABLE = """<table><tr><th>Site</th><th>Count</th></tr>
<tr><td rowspan="{}">North</td><td>12</td></tr><tr><td>13</td></tr></table>"""
for span in (2, 0):
    table = pandas.read_html(io.StringIO(TABLE.format(span)))[0]
    rows = [[str(cell) for cell in row] for row in table.values.tolist()]
    print(f"rowspan={span}:", rows)
    if span == 2:
        assert rows == [["North", "12"], ["North", "13"]], rows
    else:
        assert rows[1][0] == "13" and rows[1][1] == "nan", "the cell spans the rest now"
PY
python look.py
