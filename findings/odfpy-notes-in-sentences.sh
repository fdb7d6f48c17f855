#!/usr/bin/env bash
# odfpy's teletype.extractText reads a sentence of an OpenDocument text with a footnote.
# Expected: the sentence, with a mark or without one; the note apart from it, or not at all.
# Happens: number and note stand in the middle, with no blank: "The rent is 9501Due on the 5th. euros."
# Matters: 950 becomes 9501: a number that looks right, in the very sentence that a note is to make exact.
# Source: OpenDocument 1.3 part 3, 6.3 (text:note: its citation and body are not part of the line of text); pandoc and odfdo
#   set them apart; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python odfpy==1.4.1 pypandoc_binary==1.17
cat > look.py <<'PY'
import pypandoc
from odf import teletype
from odf.opendocument import OpenDocumentText, load
from odf.text import Note, NoteBody, NoteCitation, P

note, body, sentence = Note(noteclass="footnote"), NoteBody(), P(text="The rent is 950")
note.addElement(NoteCitation(text="1"))
body.addElement(P(text="Due on the 5th."))
note.addElement(body)
sentence.addElement(note)
sentence.addText(" euros.")
document = OpenDocumentText()
document.text.addElement(sentence)
document.save("rent.odt")
seen = teletype.extractText(load("rent.odt").text)
print(pypandoc.convert_file("rent.odt", "plain"), seen, sep="\n")
assert seen == "The rent is 9501Due on the 5th. euros.", "notes are set apart now"
PY
python look.py
