#!/usr/bin/env bash
# mistune turns Markdown into HTML in which characters are written by name or number: &copy; 2023, M&#252;ller, 5&nbsp;km.
# Expected: ©, ü and the narrow blank: Markdown takes them as HTML does, as in markdown-it-py and in the Markdown package.
# Happens: they are shown as they are written: each & is escaped (&amp;copy;).
# Matters: Markdown that was made from HTML has such characters by the dozen; names and amounts are not found, and people read
#   "&nbsp;".
# Source: CommonMark 0.31, 2.5 (entity and numeric character references); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mistune==3.4.0 markdown-it-py==4.3.0
cat > look.py <<'PY'
import mistune
from markdown_it import MarkdownIt

TEXT = "&copy; 2023 M&#252;ller, 5&nbsp;km"
seen = [mistune.create_markdown()(TEXT), mistune.html(TEXT), MarkdownIt().render(TEXT)]
print(seen)
assert seen[2].strip() == "<p>© 2023 Müller, 5\u00a0km</p>", seen[2]
assert seen[0].strip() == "<p>&amp;copy; 2023 M&amp;#252;ller, 5&amp;nbsp;km</p>", "the characters are read now"
PY
python look.py
