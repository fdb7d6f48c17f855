#!/usr/bin/env bash
# text-splitter (MarkdownSplitter, here in its Python package semantic-text-splitter) cuts Markdown with a long quotation, each line of
#   which has ">" before it, and with a note at the end, "[^1]: ...".
# Expected: cuts before the marks: a line of a quotation begins with its ">", and the mark of a note stands with the note's first words.
# Happens: the cut is between the mark and the words: a piece ends in a lone ">", and the next one begins "The pump of berth 3", as if it
#   was no quotation; its further lines have the mark. "[^1]:" is a piece of its own.
# Matters: what others said is read as said by the author, and a note's piece no longer tells which number it belongs to.
# Source: CommonMark 0.31, 5.1 (block quotes); the crate's documentation (MarkdownSplitter: levels of block elements); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python semantic-text-splitter==0.33.1
cat > look.py <<'PY'
from semantic_text_splitter import MarkdownSplitter

lines = [f"> The pump of berth {number} is out of order and has to be repaired by Friday.\n" for number in range(1, 7)]
quoted = MarkdownSplitter(200).chunks("Anna wrote:\n\n" + "".join(lines) + "\nI do not agree.")
note = MarkdownSplitter(90).chunks("The fee was raised.[^1]\n\n[^1]: " + "The note says that this is not so. " * 5)
print(*map(repr, quoted), *map(repr, note), sep="\n")
assert quoted[1].startswith("> The pump of berth 1")
assert quoted[1].endswith("Friday.\n>"), "marks stand with their words now"
assert quoted[2].startswith("The pump of berth 3") and quoted[2].endswith("Friday.\n>"), "quotations keep their marks now"
assert note[1] == "[^1]:" and note[2].startswith("The note says"), "notes keep their marks now"
PY
python look.py
