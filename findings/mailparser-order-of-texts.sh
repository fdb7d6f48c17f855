#!/usr/bin/env bash
# mail-parser (Python) gives the text of a mail of three parts: plain text, HTML, plain text, as Apple Mail makes them when
#   a formatted passage or a picture stands between paragraphs, and mailing lists by adding a footer.
# Expected: mail.body has them in the order in which they stand: they are parts of one text (multipart/mixed).
# Happens: all plain ones come first, then all of HTML: "Dear Kim," "Yours, Anna", and the letter itself after them.
# Matters: what is said last is read before what it refers to; steps, questions and answers change places.
# Source: RFC 2046, 5.1.3 (in multipart/mixed the parts have an order); mailparser and postal-mime of npm keep it; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mail-parser==4.8.0
cat > look.py <<'PY'
from email.message import EmailMessage
import mailparser

mail = EmailMessage()
mail["From"], mail["Subject"] = "anna@a.example", "Rent"
mail.make_mixed()
for text, kind in (("Dear Kim,", "plain"), ("<p>the <b>rent</b> is due.</p>", "html"), ("Yours, Anna", "plain")):
    part = EmailMessage()
    part.set_content(text, subtype=kind)
    mail.attach(part)
body = mailparser.parse_from_bytes(bytes(mail)).body
print(body)
places = [body.index(words) for words in ("Dear Kim", "Yours, Anna", "<b>rent</b>")]
assert places == sorted(places), "parts keep their order now"
PY
python look.py
