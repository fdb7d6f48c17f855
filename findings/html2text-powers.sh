#!/usr/bin/env bash
# html2text turns raised characters into text.
# Expected: 10<sup>6</sup> becomes 10^6, 10⁶ or keeps its tag: Markdown allows the tag.
# Happens: it becomes 106; include_sup_sub, which keeps the tag, is off by default, and markdownify does the same.
# Matters: "10^6 cells" is read as 106 cells, a number that looks right and is not.
# Source: HTML Living Standard, 4.5.19 (sub and sup); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15 markdownify==1.2.3
cat > look.py <<'PY'
import html2text
import markdownify

page = "<p>10<sup>6</sup> cells</p>"
texts = [html2text.html2text(page).strip(), markdownify.markdownify(page).strip()]
print(texts)
assert texts == ["106 cells", "106 cells"], "powers are told now"
PY
python look.py
