#!/usr/bin/env bash
# kreuzberg and pptx2md read words of a slide of which a part is set in bold: PPR-9087, 10m with a bold figure, Miren.
# Expected: the words whole: the parts of a paragraph (runs) follow each other without anything between them, as in python-pptx.
# Happens: both put a blank between the parts: "PPR- 9087", "Mir en"; where there is one already, pptx2md has two.
# Matters: numbers, formulas (H2O) and names with one letter in colour are torn on slides, of all places where that is done most;
#   search does not find them.
# Source: ECMA-376 part 1, 21.1.2.3.8 (r: a run of text within a paragraph); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4 pptx2md==2.0.6 python-pptx==1.0.2
cat > look.py <<'PY'
import subprocess

from kreuzberg import extract_file_sync
from pptx import Presentation

WORDS = [("PPR-", "9087"), ("Mir", "en"), ("one ", "two")]
show = Presentation()
slide = show.slides.add_slide(show.slide_layouts[1])
slide.shapes.title.text = "Plan of all of the parts"
for parts in WORDS:
    paragraph = slide.placeholders[1].text_frame.add_paragraph()
    for bold, part in enumerate(parts):
        run = paragraph.add_run()
        run.text, run.font.bold = part, bool(bold)
show.save("t.pptx")
plain = [paragraph.text for paragraph in Presentation("t.pptx").slides[0].placeholders[1].text_frame.paragraphs]
subprocess.run(["pptx2md", "t.pptx", "-o", "t.md", "--disable-image"], check=True, capture_output=True)
seen = extract_file_sync("t.pptx").content.split("\n\n")
markdown = open("t.md").read()
print(plain, seen, repr(markdown))
assert plain[1:] == ["PPR-9087", "Miren", "one two"], plain
assert seen[1:] == ["PPR- 9087", "Mir en", "one two"], "kreuzberg keeps words whole now"
assert "Mir __en__" in markdown and "one  __two__" in markdown, "pptx2md keeps words whole now"
PY
python look.py
