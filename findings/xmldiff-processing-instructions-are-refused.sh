#!/usr/bin/env bash
# xmldiff compares two versions of a chapter in DocBook, in which a processing instruction sets a page break: <?hard-pagebreak?>. Both
#   versions hold it; only the amount in a sentence has changed.
# Expected: the changed sentence, as with a comment in that place, or without the instruction.
# Happens: TypeError, "sequence item 0: expected str instance": what lxml gives as the name of an instruction, or of a comment, is a
#   function, and only for comments is that looked at.
# Matters: instructions are common in books, laws and articles (DocBook, JATS, DITA); such documents cannot be compared at all, and the
#   message does not say why.
# Source: xmldiff/diff.py (etree.Comment, node.tag); lxml's documentation of node types; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python xmldiff==3.0 lxml==6.1.3
cat > look.py <<'PY'
from xmldiff import main


def look(node):
    texts = [f"<chapter><para>The rent is {rent}.</para>{node}<para>It is due.</para></chapter>" for rent in (950, 980)]
    try:
        return [type(action).__name__ for action in main.diff_texts(*texts)]
    except TypeError as error:
        return str(error)[:42]


seen = [look(node) for node in ("", "<!-- break -->", "<?hard-pagebreak?>")]
print(seen)
assert seen[:2] == [["UpdateTextIn"], ["UpdateTextIn"]]
assert seen[2] == "sequence item 0: expected str instance, _c", "instructions are read now"
PY
python look.py
