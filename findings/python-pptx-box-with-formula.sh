#!/usr/bin/env bash
# python-pptx reads a slide with two text boxes, one of which holds a formula among its words.
# Expected: both boxes, if without the formula: slide.shapes has every shape of the slide.
# Happens: the box with the formula is not there, nor its words: PowerPoint puts such a box into mc:AlternateContent, for
#   new and old programs, and python-pptx passes over what stands in there.
# Matters: on slides of lectures and engineering the very sentences with formulas are missing, and nothing tells it.
# Source: ECMA-376 part 3, 9.3 (AlternateContent); python-pptx's documentation of slide.shapes; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-pptx==1.0.2
cat > look.py <<'PY'
import re
import zipfile

from pptx import Presentation
from pptx.util import Inches

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
A14 = "http://schemas.microsoft.com/office/drawing/2010/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
FORMULA = f'<a14:m><m:oMath xmlns:m="{MATH}"><m:r><m:t>U=RI</m:t></m:r></m:oMath></a14:m>'

deck = Presentation()
slide = deck.slides.add_slide(deck.slide_layouts[6])
for words in ("Ohm found a law.", "The voltage follows from it."):
    slide.shapes.add_textbox(0, 0, Inches(5), Inches(1)).text_frame.text = words
deck.save("plain.pptx")

with zipfile.ZipFile("plain.pptx") as plain, zipfile.ZipFile("formula.pptx", "w") as formula:
    for name in plain.namelist():
        part = plain.read(name)
        if name == "ppt/slides/slide1.xml":
            part = part.decode()
            box = re.findall(r"<p:sp>.*?</p:sp>", part, re.S)[-1]
            new = box.replace("</a:r>", f"</a:r>{FORMULA}")
            old = box.replace("The voltage follows from it.", " ")
            part = part.replace(box, f'<mc:AlternateContent xmlns:mc="{MC}"><mc:Choice xmlns:a14="{A14}" Requires="a14">{new}'
                                     f"</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>").encode()
        formula.writestr(name, part)


def texts(path):
    return [shape.text_frame.text for shape in Presentation(path).slides[0].shapes]


print("plain", texts("plain.pptx"), "with a formula", texts("formula.pptx"))
assert texts("plain.pptx") == ["Ohm found a law.", "The voltage follows from it."]
assert texts("formula.pptx") == ["Ohm found a law."], "the box is read now"
PY
python look.py
