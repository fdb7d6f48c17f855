#!/usr/bin/env bash
# enex2md turns notes of Evernote into Markdown: a list of tasks, one done and two open ones; the second is written without saying that it
#   is open, <en-todo/>; and a list in a list.
# Expected: "[x] pay", "[ ] call" and "[ ] write": not done is what a box says that says nothing; and the inner list under its item.
# Happens: "write" has no box, and is a sentence of the text. The inner item stands beside the outer ones, as one more of them.
# Matters: open tasks are no tasks any more, while done ones are kept; of "Pier: paint, repair" three equal works are made.
# Source: Evernote's DTD of its notes (enml2.dtd: checked is false if it is not given); enex2md/convert.py (four exact texts are
#   replaced); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python enex2md==0.4.2
cat > note.enex <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">
<en-export export-date="20240305T100000Z" application="Evernote"><note><title>Pier</title><created>20240305T100000Z</created>
<updated>20240305T100000Z</updated><content><![CDATA[<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd"><en-note><div><en-todo checked="true"/>pay</div>
<div><en-todo checked="false"/>call</div><div><en-todo/>write</div><ul><li>Pier<ul><li>paint</li></ul></li><li>Dock</li></ul></en-note>]]>
</content></note></en-export>
XML
enex2md note.enex 2>/dev/null | sed -n '/## Note Content/,$p' > note.md
cat > look.py <<'PY'
with open("note.md", encoding="utf-8") as file:
    lines = [line.rstrip() for line in file if line.strip()]
print(lines)
assert "[x] pay" in lines and "[ ] call" in lines, lines
assert "write" in lines, "open tasks have their box now"
assert lines[4:7] == ["  * Pier", "* paint", "  * Dock"], "inner lists stay inner ones now"
PY
python look.py
