#!/usr/bin/env bash
# pptx2md turns a slide into Markdown whose text has line breaks within a paragraph (Shift+Enter, a:br).
# Expected: a line end or a blank, as a new paragraph gets one.
# Happens: nothing: "Elm Street 4Springfield"; in a cell of a table the two lines "North" and "South" are "NorthSouth". In a title
#   the control character U+000B is written.
# Matters: addresses, labels and cells in two lines are common on slides; the last word of one and the first of the next are found
#   by no query.
# Source: ECMA-376 part 1, 21.1.2.2.1 (br: a line break); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pptx2md==2.0.6 python-pptx==1.0.2
cat > look.py <<'PY'
import subprocess

from pptx import Presentation
from pptx.util import Inches

show = Presentation()
slide = show.slides.add_slide(show.slide_layouts[1])
slide.shapes.title.text = "Annual\vreport of the port"
slide.placeholders[1].text_frame.text = "Elm Street 4\vSpringfield, next to the port"
table = slide.shapes.add_table(2, 2, 0, Inches(6), Inches(3), Inches(1)).table
for place, text in enumerate(["Site", "Count", "North\nSouth", "14"]):
    table.cell(place // 2, place % 2).text = text
show.save("t.pptx")
subprocess.run(["pptx2md", "t.pptx", "-o", "t.md", "--disable-image"], check=True, capture_output=True)
markdown = open("t.md").read()
print(repr(markdown))
assert "Elm Street 4Springfield" in markdown and "NorthSouth" in markdown, "breaks are kept now"
assert "Annual\vreport" in markdown, "the title has no control character now"
PY
python look.py
