#!/usr/bin/env bash
# Haystack's MarkdownHeaderSplitter cuts a text of two pages at its headings; the second page begins with one.
# Expected: two sections: pages are divided by \f, as the converters and page_break_character have it, and the heading is
#   the first thing on its page.
# Happens: a heading has to stand right behind a line end: behind \f it is none, and all of the second page belongs to the
#   section of the first, with its heading and its page number. With a line end behind \f there are two.
# Matters: chapters begin on new pages; just their headings are missed, and a citation names the chapter before.
# Source: Haystack's documentation of MarkdownHeaderSplitter (page_break_character, page_number); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python haystack-ai==3.4.1
export HAYSTACK_TELEMETRY_ENABLED=False
cat > look.py <<'PY'
from haystack import Document
from haystack.components.preprocessors import MarkdownHeaderSplitter


def sections(between):
    text = f"# Rent\n\nDue in March.\n{between}# Fees\n\nDue in May.\n"
    found = MarkdownHeaderSplitter().run([Document(content=text)])["documents"]
    return [(section.meta["header"], section.meta["page_number"], "May" in section.content) for section in found]


apart, together = sections("\f\n"), sections("\f")
print(apart, together)
assert apart == [("Rent", 1, False), ("Fees", 2, True)], apart
assert together == [("Rent", 1, True)], "the heading is found now"
PY
python -W ignore look.py
