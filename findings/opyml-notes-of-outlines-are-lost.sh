#!/usr/bin/env bash
# opyml (Python) reads an outline (OPML), and writes it again; its items have notes and marks, as outliners store them: "_note" and
#   "_status".
# Expected: the notes in the items, and in the file that is written: in OPML an item may have any attributes.
# Happens: both are gone, when it is read and when it is written; only the attributes that the format names are kept.
# Matters: the text under the headings, which is most of an outline of OmniOutliner, Dynalist or Workflowy, is lost by a program that
#   adds one line.
# Source: OPML 2.0, "Text outlines" and "Extending OPML" (an outline element may have any number of arbitrary attributes); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_python opyml==0.1.2
cat > look.py <<'PY'
from opyml import OPML

MADE = (
    '<opml version="2.0"><head><title>Plan</title></head><body>'
    '<outline text="Rent" created="Tue, 05 Mar 2024 10:00:00 GMT" _note="950 from May on" _status="checked"/></body></opml>'
)
read = OPML.from_xml(MADE)
(item,) = read.body.outlines
written = read.to_xml()
print(vars(item), written)
assert item.text == "Rent" and 'created="' in written
assert "950" not in str(vars(item)) and "checked" not in str(vars(item)), "notes are read now"
assert "950" not in written and "checked" not in written, "notes are written now"
PY
python look.py
