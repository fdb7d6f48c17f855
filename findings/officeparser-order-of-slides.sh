#!/usr/bin/env bash
# officeparser (npm) reads a presentation whose last slide was moved to the front.
# Expected: the slides in the order in which they are shown.
# Happens: in the order of their file names (slide1.xml, slide2.xml, …), which is that in which they were made: moving a slide
#   changes a list in presentation.xml, no name.
# Matters: the summary that was put first stands last; "slide 2" of a citation is another one.
# Source: ECMA-376 part 1, 19.2.1.34 (sldIdLst: the slides in their order); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0
with_python python-pptx==1.0.2
cat > make.py <<'PY'
import pptx

deck = pptx.Presentation()
for words in ("first made", "second made", "third made"):
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = words
order = deck.slides._sldIdLst
order.insert(0, order[-1])
deck.save("t.pptx")
shown = [slide.shapes.title.text for slide in pptx.Presentation("t.pptx").slides]
print("python-pptx", shown)
assert shown == ["third made", "first made", "second made"]
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parseOffice } from "officeparser";

const text = (await parseOffice("t.pptx")).toText();
const read = text.split("\n").filter((line) => line.trim());
console.log("officeparser", JSON.stringify(read));
assert.deepEqual(read, ["first made", "second made", "third made"], "the order is the deck's now");
JS
python make.py
node look.mjs
