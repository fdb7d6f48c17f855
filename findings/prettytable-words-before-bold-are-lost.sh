#!/usr/bin/env bash
# prettytable reads a table of a page (from_html_one) in whose cells words are bold or linked: "Rent <b>without</b> heating".
# Expected: "Rent without heating".
# Happens: "heating": only the text behind the last tag of a cell stays: "950 <b>euros</b>" is an empty cell.
# Matters: cells of real pages have links and marks; a piece of each cell looks like the whole one.
# Source: the library's documentation (a table of a page as a PrettyTable); html-table-extractor keeps the words; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python prettytable==3.18.0 html-table-extractor==1.4.1
cat > look.py <<'PY'
from html_table_extractor.extractor import Extractor
from prettytable import from_html_one

CELLS = ("Rent without heating", "Rent <b>without</b> heating", "950 <b>euros</b>", "<a href='#a'>Fee</a> of 20")
rows = "".join(f"<tr><td>{cell}</td><td>x</td></tr>" for cell in CELLS)
page = f"<table><tr><th>Item</th><th>Note</th></tr>{rows}</table>"
extractor = Extractor(page)
extractor.parse()
right = [row[0] for row in extractor.return_list()[1:]]
seen = [row[0] for row in from_html_one(page).rows]
print(right, seen)
assert right == ["Rent without heating", "Rent without heating", "950 euros", "Fee of 20"]
assert seen == ["Rent without heating", "heating", "", "of 20"], "all words are kept now"
PY
python look.py
