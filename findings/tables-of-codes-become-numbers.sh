#!/usr/bin/env bash
# Tables of texts are written: as Markdown by tabulate (and by to_markdown of pandas, which stands on it), drawn by texttable,
#   and as CSV by pytablewriter. The texts are postcodes (00742), hashes of commits (1234e5) and versions (2024.10).
# Expected: the texts: each value is a string.
# Happens: 1.234e+08 and 2024.1 from tabulate, which keeps 00742 as long as no other value of its column has an e or a point;
#   742 from texttable; and 742 in the CSV. What looks like a number is made one.
# Matters: a model is asked about numbers that no file has, 2024.10 becomes the version 2024.1, and postcodes are lost on
#   export.
# Source: tabulate's README (numbers are found in texts, disable_numparse), the READMEs of the others; RFC 4180; what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python tabulate==0.10.0 texttable==1.7.2 pytablewriter==1.2.1
cat > look.py <<'PY'
import pytablewriter, tabulate, texttable

ORDERS = [("00742", "1234e5", "2024.10"), ("00743", "1235e5", "2024.9")]
NAMES = ["zip", "commit", "version"]
markdown = tabulate.tabulate(ORDERS, NAMES, tablefmt="pipe")
mixed = tabulate.tabulate([("00742",), ("12e3",)], NAMES[:1], tablefmt="pipe")
drawn = texttable.Texttable()
drawn.add_rows([NAMES[:1], *(row[:1] for row in ORDERS)])
table = pytablewriter.CsvTableWriter(headers=NAMES[:1], value_matrix=[row[:1] for row in ORDERS]).dumps()
print(markdown, mixed, drawn.draw(), table, sep="\n")
first = [cell.strip() for cell in markdown.split("\n")[2].strip("|").split("|")]
assert first == ["00742", "1.234e+08", "2024.1"], "texts are kept now"
assert "|   742 |" in mixed, "texts are kept now"
assert "| 742 |" in drawn.draw() and "00742" not in drawn.draw(), "texts are kept now"
assert table.split()[1] == "742", "texts are kept now"
PY
python look.py
