#!/usr/bin/env bash
# python-creole turns a page into reStructuredText (html2rest): three numbered steps, the second of which has a list in it.
# Expected: three steps with numbers, as html2creole of the same package has them.
# Happens: "#. one", then "* two" and "* three": from the inner list on the steps have bullets; docutils shows a list with one
#   number and another one without.
# Matters: steps and clauses lose their numbers, "see step 3" leads nowhere; only lists with an inner one are hit.
# Source: HTML's standard, 4.4.5 (ol: its items have numbers); html2creole beside it; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-creole==1.4.10 docutils==0.23
cat > look.py <<'PY'
from creole import html2creole, html2rest

PLAIN = "<ol><li>one</li><li>two</li><li>three</li></ol>"
INNER = "<ol><li>one</li><li>two<ul><li>inner</li></ul></li><li>three</li></ol>"


def lines(text):
    return [line.strip() for line in text.split("\n") if line]


print(lines(html2rest(PLAIN)), lines(html2creole(INNER)), lines(html2rest(INNER)))
assert lines(html2rest(PLAIN)) == ["#. one", "#. two", "#. three"]
assert lines(html2creole(INNER)) == ["# one", "# two", "#* inner", "# three"]
assert lines(html2rest(INNER)) == ["#. one", "* two", "* inner", "* three"], "steps have numbers now"
PY
python look.py
