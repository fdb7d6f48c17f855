#!/usr/bin/env bash
# pandas writes a table of amounts as Markdown (to_markdown, which is tabulate), as is done to put tables into prompts and reports.
# Expected: 1234567.89 and 12345678.9, as print() and to_csv() of the same table have them, or rounded to a number of decimals.
# Happens: 1.23457e+06 and 1.23457e+07: six figures are kept of each number that is not whole, and the rest is gone. Text that looks like a
#   number is one, too: version 2.10 is 2.1, the short hash 5e10 is 5e+10. floatfmt and disable_numparse keep them.
# Matters: a model is asked for the sum of figures that it cannot see, and quotes amounts that are in no document; with amounts below a
#   million all is well.
# Source: pandas' reference (to_markdown: the frame in Markdown); tabulate's README (floatfmt is "g" unless told otherwise); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pandas==3.1.1 tabulate==0.10.0
cat > look.py <<'PY'
import pandas

amounts = pandas.DataFrame({"rent": [1234567.89, 12345678.9], "version": ["2.10", "2.9"]})
text = amounts.to_markdown(index=False)
print(text, amounts.to_csv(index=False), sep="\n")
assert "1234567.89,2.10" in amounts.to_csv(index=False)
assert "1.23457e+06" in text and "1234567" not in text, "amounts are written out now"
assert "2.10" not in text, "texts are kept now"
PY
python look.py
