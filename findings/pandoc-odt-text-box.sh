#!/usr/bin/env bash
# pandoc reads an OpenDocument text with a text box, which the format keeps in a frame (draw:frame, draw:text-box).
# Expected: its words, as odfdo gives them and as they are shown.
# Happens: the box is passed over with all its paragraphs, whether it is tied to a paragraph, to a character or to the page.
# Matters: letterheads, captions of figures (LibreOffice puts a figure and its caption into a box), side notes and forms are
#   boxes; their words are missing without a warning.
# Source: OpenDocument 1.3, part 3, 10.4.2 and 10.4.3 (frame, text-box); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 odfdo==3.27.3
with_odt_writer
cat > look.py <<'PY'
import odfdo
import pypandoc
from odt_file import write_odt

BOX = '<draw:frame svg:width="5cm" text:anchor-type="{}"><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame>'
tied = BOX.format("paragraph", "Figure 4: the pier") + BOX.format("as-char", "side note")
page = BOX.format("page", "letterhead").replace("text:anchor-type", 'text:anchor-page-number="1" text:anchor-type')
write_odt("t.odt", f"{page}<text:p>before{tied}</text:p><text:p>after</text:p>")

seen = pypandoc.convert_file("t.odt", "plain").split("\n")
other = odfdo.Document("t.odt").get_formatted_text()
print("pandoc", pypandoc.get_pandoc_version(), seen)
assert all(words in other for words in ("before", "Figure 4: the pier", "side note", "letterhead", "after")), other
assert [line for line in seen if line] == ["before", "after"], "boxes are read now"
PY
python look.py
