#!/usr/bin/env bash
# pandas reads a table of an HTML page.
# Expected: a cell "1,5" stays text, or is 1.5: nothing says that the comma groups thousands.
# Happens: it is the number 15, and "00742" is 742, while "1.234,56" beside it stays text: read_html takes commas out
#   of what then looks like a number.
# Matters: amounts of a German or French page are ten times or a hundred times too high, without a warning.
# Source: pandas.read_html, parameters thousands and decimal; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pandas==3.1.1 lxml==6.1.3
cat > look.py <<'PY'
import io
import pandas as pd

page = """<table><tr><th>hours</th><th>rate</th><th>order</th></tr>
<tr><td>1,5</td><td>1.234,56</td><td>00742</td></tr></table>"""
row = pd.read_html(io.StringIO(page), flavor="lxml")[0].iloc[0]
print(row.to_dict())
assert row["hours"] == 15, "1,5 is not fifteen any more"
assert row["rate"] == "1.234,56", row["rate"]
assert row["order"] == 742, row["order"]
PY
python look.py
