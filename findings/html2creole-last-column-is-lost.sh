#!/usr/bin/env bash
# python-creole turns a table of a page into Creole and reStructuredText (html2creole, html2rest); it has the columns Site, Year
#   and Rain, and a cell over two rows.
# Expected: all values, if in wrong places: neither markup needs the merging, and html2textile of the package has them all.
# Happens: the whole column Rain is left out, its heading and each value: all rows are cut to the length of the shortest one.
#   A cell over two columns does the same.
# Matters: the last column often holds the amounts; one merged cell anywhere takes them from all rows, and no warning comes.
# Source: HTML's standard, 4.9.12 (rows of a table may have fewer cells than it has columns); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-creole==1.4.10
cat > look.py <<'PY'
from creole import html2creole, html2rest, html2textile

HEAD = "<tr><th>Site</th><th>Year</th><th>Rain</th></tr>"
PLAIN = f"<table>{HEAD}<tr><td>North</td><td>2023</td><td>14</td></tr></table>"
MERGED = f"<table>{HEAD}<tr><td rowspan='2'>North</td><td>2023</td><td>14</td></tr><tr><td>2024</td><td>15</td></tr></table>"


def rows(text):
    return [[cell.strip(" =") for cell in line.strip("|").split("|")] for line in text.split("\n")]


print(html2creole(PLAIN), html2creole(MERGED), html2rest(MERGED), html2textile(MERGED), sep="\n")
assert rows(html2creole(PLAIN)) == [["Site", "Year", "Rain"], ["North", "2023", "14"]]
assert "Rain" in html2textile(MERGED) and "15" in html2textile(MERGED)
assert rows(html2creole(MERGED)) == [["Site", "Year"], ["North", "2023"], ["2024", "15"]], "all columns are kept now"
assert "Rain" not in html2rest(MERGED) and "14" not in html2rest(MERGED)
PY
python look.py
