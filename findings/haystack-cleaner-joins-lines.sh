#!/usr/bin/env bash
# Haystack's DocumentCleaner stands between a converter and a splitter; the text has headings, paragraphs and a list of two
#   levels.
# Expected: remove_extra_whitespaces, which is on unless turned off, leaves one blank where there were several; lines and
#   paragraphs stay apart, for which there is remove_empty_lines.
# Happens: line ends count as white space, and an empty line is several of them: paragraphs and headings are joined by a
#   blank, and so are indented lines. What is left of line ends stands inside paragraphs. A splitter by passages or
#   headings finds none.
# Matters: headings, tables, lists and code are lost before anything is indexed, and no step reports it;
#   remove_extra_whitespaces=False keeps them.
# Source: Haystack's documentation of DocumentCleaner (the cleaner is meant to run before a splitter); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python haystack-ai==3.4.1
export HAYSTACK_TELEMETRY_ENABLED=False
cat > look.py <<'PY'
from haystack import Document
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter

TEXT = "# Rent\n\nDue  in March:\n\n- north: 950\n  - with  light\n\n# Fees\n\nDue in May."


def passages(**options):
    cleaned = DocumentCleaner(remove_empty_lines=False, **options).run([Document(content=TEXT)])["documents"]
    return [piece.content for piece in DocumentSplitter(split_by="passage", split_length=1).run(cleaned)["documents"]]


default, kept = passages(), passages(remove_extra_whitespaces=False)
print(default, len(kept))
assert len(kept) == 5, kept
assert default == ["# Rent Due in March: - north: 950 - with light # Fees Due in May."], "paragraphs stay now"
PY
python -W ignore look.py
