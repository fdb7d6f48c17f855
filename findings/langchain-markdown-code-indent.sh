#!/usr/bin/env bash
# langchain-text-splitters cuts Markdown with MarkdownHeaderTextSplitter; it holds a fenced block of Python and a nested list.
# Expected: the lines as they are: in a code block, and before the sign of a list item, blanks at the beginning mean something.
# Happens: every line is stripped: the function's body stands at its margin, so it is no Python any more, and the items of the
#   inner list are items of the outer one.
# Matters: code, YAML and steps below steps of a manual are indexed and quoted in a form that does not work, or says something
#   else.
# Source: CommonMark 0.31.2, 4.5 (content of fenced code is literal) and 5.2 (nesting by indentation); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python langchain-text-splitters==1.1.3
cat > look.py <<'PY'
from langchain_text_splitters import MarkdownHeaderTextSplitter

CODE = "```python\ndef pay(rent):\n    if rent:\n        return 950\n    return 0\n```"
LIST = "- rent\n  - heating\n- notice"
TEXT = f"# Lease\n\n{CODE}\n\n{LIST}\n"
(chunk,) = MarkdownHeaderTextSplitter([("#", "title")]).split_text(TEXT)
print(chunk.page_content)
lines = [line.rstrip() for line in chunk.page_content.split("\n")]
assert chunk.metadata == {"title": "Lease"} and [line.strip() for line in (CODE + "\n" + LIST).split("\n")] == lines, lines
assert "return 950" in lines and "- heating" in lines, "indentation is kept now"
PY
python look.py
