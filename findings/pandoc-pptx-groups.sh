#!/usr/bin/env bash
# pandoc, which has .pptx among its input formats now, turns a slide into text on which two text boxes are grouped.
# Expected: their words, as those of the box beside them: to group shapes changes nothing of what a slide says.
# Happens: the group is passed over with all that stands in it, and so are the speaker's notes.
# Matters: diagrams, process charts and rows of boxes are groups on most slides; their words are missing without a message.
# Source: ECMA-376 part 1, 19.3.1.22 (grpSp holds shapes); pandoc's manual (pptx is an input format); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 python-pptx==1.0.2
cat > look.py <<'PY'
import pptx
import pypandoc
from pptx.util import Inches

deck = pptx.Presentation()
slide = deck.slides.add_slide(deck.slide_layouts[5])
slide.shapes.title.text = "Sales"
group = slide.shapes.add_group_shape()
for place, (shapes, words) in enumerate([(slide.shapes, "beside"), (group.shapes, "order"), (group.shapes, "delivery")]):
    box = shapes.add_textbox(Inches(place * 2), Inches(3), Inches(2), Inches(1))
    box.text_frame.text = words
slide.notes_slide.notes_text_frame.text = "spoken words"
deck.save("t.pptx")

seen = pypandoc.convert_file("t.pptx", "plain").split("\n")
lines = [line for line in seen if line]
print("pandoc", pypandoc.get_pandoc_version(), lines)
assert lines == ["Sales", "beside"], "groups or notes are read now"
PY
python look.py
