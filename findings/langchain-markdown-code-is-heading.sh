#!/usr/bin/env bash
# langchain-text-splitters cuts Markdown at its headings.
# Expected: a line with "#" in an indented code block is code, as it is in a fenced one, and an underlined heading is
#   a heading.
# Happens: the comment of the indented block becomes the heading of all that follows, and the underlined heading is
#   text.
# Matters: the passages of a manual are filed under a comment of a shell script.
# Source: CommonMark 0.31.2, 4.4 (indented code blocks), 4.3 (setext headings); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python langchain-text-splitters==1.1.3
cat > look.py <<'PY'
from langchain_text_splitters import MarkdownHeaderTextSplitter

text = """# Install

```sh
# fenced
```

    # indented
    make

Remove
======

Run the script again."""
parts = [(part.metadata, part.page_content) for part in MarkdownHeaderTextSplitter([("#", "heading")]).split_text(text)]
for part in parts:
    print(part)
headings = [metadata.get("heading") for metadata, _ in parts]
assert headings == ["Install", "indented"], headings
assert "Remove\n======" in parts[-1][1], "underlined headings are seen now"
PY
python look.py
