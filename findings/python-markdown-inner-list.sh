#!/usr/bin/env bash
# Python-Markdown shows steps with an inner list that is indented by two or three blanks, as models and most editors write
#   it.
# Expected: an inner list; and the second step is number 2.
# Happens: the inner items are steps as well: 1 to 4. Only what is indented by four blanks belongs to the item before;
#   tab_length=2 makes it two. mistune has the inner list with three blanks, where the text of the step begins.
# Matters: "go back to step 2" leads to another step; what belongs to a step cannot be seen any more.
# Source: CommonMark 0.31, 5.2 (list items: indented as far as the item's text); Python-Markdown's documentation,
#   tab_length; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Markdown==3.11.3 mistune==3.4.0
cat > look.py <<'PY'
import markdown
import mistune

STEPS = "1. Close the valve\n   - the red one\n   - the blue one\n2. Stop the pump\n"
flat, nested, wide = (
    show(STEPS).replace("\n", "")
    for show in (markdown.markdown, mistune.html, lambda text: markdown.markdown(text, tab_length=3))
)
print(flat, nested, wide, sep="\n")
assert nested.count("<ul>") == wide.count("<ul>") == 1, (nested, wide)
inner = "<li>the red one</li><li>the blue one</li>"
assert flat == f"<ol><li>Close the valve</li>{inner}<li>Stop the pump</li></ol>", "the inner list is one now"
PY
python look.py
