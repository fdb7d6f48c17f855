#!/usr/bin/env bash
# docutils gives the text of a document in reStructuredText (publish_doctree(…).astext()) with a comment and with a paragraph
#   that begins "(c) 2023 Miller".
# Expected: what the document shows: comments are left out of every output, and so are the parser's own messages below
#   report_level.
# Happens: the comment stands in the text, and a message of the parser, "(INFO/1) Enumerated list start value not ordinal-1",
#   too: report_level hides them in printed output only. "(c)" is gone: it counts as the third item of a list, whose signs
#   astext drops.
# Matters: notes to oneself are indexed and quoted; the text speaks of enumerated lists where the manual is about pumps; steps
#   of a list have no numbers.
# Source: reStructuredText's specification, Comments (may be removed from the output) and Enumerated Lists; docutils'
#   documentation of report_level; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python docutils==0.23
cat > look.py <<'PY'
from docutils.core import publish_doctree, publish_string

SOURCE = ".. ask Anna about the price\n\nThe pump is new.\n\n(c) 2023 Miller\n\n1. Open it\n2. Close it\n"
SETTINGS = {"report_level": 5, "halt_level": 5}
text = publish_doctree(SOURCE, settings_overrides=SETTINGS).astext()
page = publish_string(SOURCE, writer="html5", settings_overrides=SETTINGS).decode()
shown = page[page.index("<body"):]
print(text)
assert "INFO" not in shown, shown
assert "ask Anna" in text and "Enumerated list start value" in text, "they are left out now"
assert "(c)" not in text and "1." not in text.split("INFO")[0] and "Open it" in text, "signs of lists are kept now"
PY
python look.py
