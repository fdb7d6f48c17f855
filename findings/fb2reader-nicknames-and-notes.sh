#!/usr/bin/env bash
# fb2reader reads a FictionBook of two authors, of whom one has only a nickname, with a formula, H<sub>2</sub>O, and a note.
# Expected: both authors; "H2O" in the body; the note's text, which the format keeps in a second body.
# Happens: the author with a nickname is left out; the body's markup has line ends put in around each element, which makes "H 2 O" of the
#   formula; and the body of notes is not there.
# Matters: books by authors under a pen name have no author; formulas and words that are partly in bold are found by no search, and
#   the notes are in no index.
# Source: FictionBook 2.0's schema (an author has either names or a nickname; body name="notes"); fb2reader's README (get_authors,
#   get_body) and its call of prettify(); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python fb2reader==1.0.4
cat > look.py <<'PY'
import re

from fb2reader import fb2book

BOOK = """<?xml version="1.0" encoding="utf-8"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"><description><title-info>
<genre>sci</genre><author><first-name>Jane</first-name><last-name>Doe</last-name></author><author><nickname>Boatman</nickname></author>
<book-title>Water</book-title><lang>en</lang></title-info><document-info><author><nickname>s</nickname></author><date>2024</date>
<id>5</id><version>1</version></document-info></description><body><section><p>Drink H<sub>2</sub>O<a l:href="#n" type="note">1</a></p>
</section></body><body name="notes"><section id="n"><p>Boiled only.</p></section></body></FictionBook>"""
with open("book.fb2", "w", encoding="utf-8") as file:
    file.write(BOOK)
book = fb2book("book.fb2")
authors = [author["full_name"] for author in book.get_authors()]
text = re.sub(r"\s+", " ", re.sub("<[^>]*>", "", str(book.get_body()))).strip()
print(authors, text)
assert authors == ["Jane Doe"], "nicknames are authors now"
assert text == "Drink H 2 O 1", "the text is whole now"
PY
python look.py
