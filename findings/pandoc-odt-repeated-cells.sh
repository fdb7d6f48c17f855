#!/usr/bin/env bash
# pandoc reads a table of an OpenDocument text in which two cells side by side, and two rows, are alike; the format lets a
#   writer put such ones down once, with a number (number-columns-repeated, number-rows-repeated).
# Expected: both cells and both rows, as odfdo gives them and as they are shown.
# Happens: the second cell is empty and the second row is missing; what follows a repeated cell moves to the left.
# Matters: months with equal rents and days with equal hours are left out of sums and counts, and later values stand below
#   the wrong month.
# Source: OpenDocument 1.3 part 3 (table:number-columns-repeated, table:number-rows-repeated); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 odfdo==3.27.3
with_odt_writer
cat > look.py <<'PY'
import odfdo, pypandoc
from odt_file import write_odt


def cell(word, times=1):
    return f'<table:table-cell table:number-columns-repeated="{times}"><text:p>{word}</text:p></table:table-cell>'


def row(*cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{"".join(cells)}</table:table-row>'


columns = '<table:table-column table:number-columns-repeated="4"/>'
rows = [row(*map(cell, ("Site", "May", "June", "July"))), row(cell("North"), cell("950", 2), cell("980"))]
rows.append(row(cell("South"), cell("700", 3), times=2))
write_odt("rents.odt", f'<table:table table:name="Rents">{columns}{"".join(rows)}</table:table>')
shown = [["Site", "May", "June", "July"], ["North", "950", "950", "980"], *[["South", "700", "700", "700"]] * 2]


def table(markdown):
    lines = [line for line in markdown.splitlines() if line.startswith("|") and "--" not in line]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


assert table(odfdo.Document("rents.odt").to_markdown()) == shown
seen = table(pypandoc.convert_file("rents.odt", "gfm"))
print(pypandoc.get_pandoc_version(), *seen, sep="\n")
assert [line for line in seen if "North" in line] == [["North", "950", "980", ""]], "repeated cells are read now"
assert [line for line in seen if "South" in line] == [["South", "700", "", ""]], "repeated cells and rows are read now"
PY
python look.py
