#!/usr/bin/env bash
# kreuzberg reads Markdown with a footnote ("The rent[^1] is due.") and with a block of HTML.
# Expected: the words of the note and of the block, if without their marks: the file is plain text already.
# Happens: the note is gone, with its mark; so is the block of HTML.
# Matters: terms and exceptions stand in notes, and tables with joined cells are HTML in Markdown; a plain copy of the file
#   would have been searched better than what was read.
# Source: kreuzberg's documentation (text of Markdown is extracted); CommonMark 0.31, 4.6 (HTML blocks); GitHub's documentation
#   of footnotes; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4
cat > look.py <<'PY'
from kreuzberg import extract_file_sync

SOURCE = (
    "# Lease\n\nThe rent[^1] is due.\n\n[^1]: Without heating.\n\n"
    "<table>\n<tr><td>Deposit</td><td>1900</td></tr>\n</table>\n\nThe end.\n"
)
with open("t.md", "w") as file:
    file.write(SOURCE)
text = extract_file_sync("t.md").content
print(repr(text))
assert "The rent is due." in text and "The end." in text
assert "heating" not in text, "the note is read now"
assert "1900" not in text, "the block is read now"
PY
python look.py
