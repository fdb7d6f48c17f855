#!/usr/bin/env bash
# python-docx reads Japanese with readings above the words (ruby).
# Expected: the words stay, with or without their readings.
# Happens: the words vanish too: the run holds a w:ruby, of which neither w:rubyBase nor w:rt is read.
# Matters: names with furigana are missing from forms and school books, and search does not find them.
# Source: ECMA-376 part 1, 17.3.3.25 (ruby) and 17.3.3.27 (rubyBase); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-docx==1.2.0
with_docx_writer
cat > look.py <<'PY'
import docx
from docx_file import run, write_docx

ruby = ('<w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt>'
        '<w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r>')
text = docx.Document(write_docx("t.docx", run("所在地: ") + ruby + run("都"))).paragraphs[0].text
print(repr(text))
assert "東京" not in text, "the base text is read now"
assert text == "所在地: 都", text
PY
python look.py
