#!/usr/bin/env bash
# inscriptis reads a page that explains how signs are written in HTML: "Write &amp;lt; for &lt;, and &amp;amp; for &amp;."
# Expected: what browsers show: "Write &lt; for <, and &amp; for &."
# Happens: "Write < for <, and & for &.": references are replaced once more after the page is parsed.
# Matters: instructions, logs and quoted sources lose just what they are about; "&copy=1" in an address becomes "©=1".
# Source: HTML Standard, 13.2.5 (a reference is read once); inscriptis's README (text as in a browser); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python inscriptis==2.7.6 lxml==6.1.3
cat > look.py <<'PY'
import inscriptis, lxml.html

PAGE = "<p>Write &amp;lt; for &lt;, and &amp;amp; for &amp;. Open /find?a=2&amp;copy=1</p>"
right, seen = lxml.html.fromstring(PAGE).text_content(), inscriptis.get_text(PAGE).strip()
print(right, seen, sep="\n")
assert right == "Write &lt; for <, and &amp; for &. Open /find?a=2&copy=1"
assert seen == "Write < for <, and & for &. Open /find?a=2©=1", "references are read once now"
PY
python look.py
