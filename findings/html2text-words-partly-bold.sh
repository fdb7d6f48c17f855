#!/usr/bin/env bash
# html2text turns words into Markdown of which a part is bold or in italics: a number in a formula, a marked syllable.
# Expected: H**2**O, or the letters without the marks: a word stays one, as in markdownify and turndown.
# Happens: a blank is put behind the marked part: "H**2** O", "PPR-**90** 87", "Mi**re** n".
# Matters: numbers of parts, formulas and names are torn, and neither part is what people search for.
# Source: CommonMark 0.31, 6.2 (stars may stand within a word); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15 markdownify==1.2.3
cat > look.py <<'PY'
import html2text, markdownify

PAGE = "<p>H<b>2</b>O, PPR-<b>90</b>87, Mi<em>re</em>n</p>"
right, seen = (read(PAGE).strip() for read in (markdownify.markdownify, html2text.html2text))
print(right, seen, sep="\n")
assert right == "H**2**O, PPR-**90**87, Mi*re*n"
assert seen == "H**2** O, PPR-**90** 87, Mi _re_ n", "words stay whole now"
PY
python look.py
