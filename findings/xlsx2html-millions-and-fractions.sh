#!/usr/bin/env bash
# xlsx2html shows cells by their number formats: 1500000 in millions (0.0,,"M"), and half an inch as a fraction (# ?/?).
# Expected: 1.5M and 1/2, as Excel shows them; what it cannot format it could show as it is.
# Happens: 1500000.0"M", a million times too much, since commas behind the number are passed over and the quotation marks
#   shown; and "0 /": the half is gone.
# Matters: figures of balance sheets are kept in thousands and millions this way; a reader of the page, and a model, believes
#   them.
# Source: ECMA-376 part 1, 18.8.31 (numFmts: a comma at the end divides by a thousand; ?/? shows a fraction); xlsx2html's
#   README (formats values); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python xlsx2html==0.6.4 openpyxl==3.1.5 lxml==6.1.3
cat > look.py <<'PY'
import openpyxl
from lxml import html
from xlsx2html import xlsx2html

CELLS = [(1234.5, "#,##0.00"), (0.256, "0.0%"), (1500000, '0.0,,"M"'), (0.5, "# ?/?")]
book = openpyxl.Workbook()
for row, (value, form) in enumerate(CELLS, 1):
    book.active.cell(row, 1, value).number_format = form
book.save("t.xlsx")
page = xlsx2html("t.xlsx")
page.seek(0)
shown = [cell.text_content().strip() for cell in html.fromstring(page.read()).iter("td")]
print(dict(zip((form for _, form in CELLS), shown)))
assert shown[:2] == ["1,234.50", "25.6%"], shown
assert shown[2:] == ['1500000.0"M"', "0 /"], "millions and fractions are shown now"
PY
python look.py
