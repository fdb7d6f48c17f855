#!/usr/bin/env bash
# m2r2 turns Markdown into reStructuredText: a list of clauses that begins at 5, and one that goes on at 3 after a paragraph.
# Expected: "5." and "3.": reStructuredText lists may begin at any number, and pandoc writes them so.
# Happens: "#.", the mark for a list that numbers itself: both begin at 1 on the page.
# Matters: "see clause 6" leads to another clause; steps of a manual that go on behind a picture begin anew.
# Source: CommonMark, 5.3 (the first number of a list is its start); docutils' specification of enumerated lists (any start; "#"
#   begins at 1); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python m2r2==2.1.0 docutils==0.23 mistune==3.3.4 pypandoc_binary==1.17
cat > look.py <<'PY'
import m2r2
import pypandoc
from docutils.core import publish_string

CLAUSES = "5. The rent is due.\n6. The key is returned.\n\nBelow clause 6:\n\n7. The end.\n"


def page(text):
    settings = {"output_encoding": "unicode"}
    html = publish_string(text, writer="html5", settings_overrides=settings).split("<body>")[1]
    return [part.split(">")[0] for part in html.split("<ol")[1:]]


right, seen = page(pypandoc.convert_text(CLAUSES, "rst", "commonmark")), page(m2r2.convert(CLAUSES))
print("pandoc:", right, "m2r2:", seen)
assert ['start="5"' in one for one in right] == [True, False] and 'start="7"' in right[1]
assert seen and not any("start" in one for one in seen), "numbers are kept now"
PY
python look.py
