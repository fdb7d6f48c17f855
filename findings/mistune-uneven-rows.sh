#!/usr/bin/env bash
# mistune reads a table of Markdown (plugin "table") of three rows, in one of which the last cell is not there.
# Expected: a table: cells that a row lacks are empty, and those it has too many are passed over, as in markdown-it-py and on
#   GitHub.
# Happens: no table at all: all rows become one paragraph, bars and dashes included.
# Matters: one row that was typed in haste, or a bar in a cell, and no row of the table is one; what cuts documents by their
#   blocks sees a sentence.
# Source: GitHub Flavored Markdown 0.29, 4.10, examples 203 and 204 (fewer cells are filled up, excess is ignored); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mistune==3.4.0 markdown-it-py==4.3.0
cat > look.py <<'PY'
import mistune
from markdown_it import MarkdownIt

EVEN = "| Site | Count |\n|---|---|\n| North | 14 |\n| South | 15 |\n| East | 16 |\n"
UNEVEN = [EVEN.replace("| 15 |", "|"), EVEN.replace("| 15 |", "| 15 | new |")]
mistuned = mistune.create_markdown(plugins=["table"])
other = MarkdownIt().enable("table")
for text in UNEVEN:
    print(mistuned(text))
    assert "<table>" in mistuned(EVEN) and other.render(text).count("<tr>") == 4
    assert "<table>" not in mistuned(text) and mistuned(text).startswith("<p>"), "it is a table now"
PY
python look.py
