#!/usr/bin/env bash
# markdown2 shows a text with a note, "The rent is 950[^1]." and "[^1]: Due on the 5th.", and a block of code whose fence has
#   a title, as documentation programs write it (```py title="x.py"); tables and fences are asked for, notes are not.
# Expected: the note as a paragraph, as by markdown-it, Python-Markdown and mistletoe, which do not know notes either; and a
#   block.
# Happens: the line of the note is gone, taken for the target of a link that has blanks in it; the code becomes a part of a
#   sentence, in one line, with the title in front.
# Matters: what makes a sentence exact is missing; answers of models have such notes.
# Source: CommonMark 0.31, 4.7 (a link's target ends at the first blank) and 4.5 (info strings have words behind the
#   language); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python markdown2==2.5.5 markdown-it-py==4.3.0
cat > look.py <<'PY'
import markdown2
from markdown_it import MarkdownIt

NOTE, CODE = "The rent is 950[^1].\n\n[^1]: Due on the 5th.\n\nEnd.", '```py title="x.py"\na = 1\nb = 2\n```'
show = markdown2.Markdown(extras=["tables", "fenced-code-blocks"]).convert
print(MarkdownIt().render(NOTE), show(NOTE), show(CODE), sep="\n")
assert "Due on the 5th." in MarkdownIt().render(NOTE)
assert "Due" not in show(NOTE) and "End." in show(NOTE), "notes are kept now"
assert "<pre>" not in show(CODE) and "title=" in show(CODE), "blocks are read now"
PY
python look.py
