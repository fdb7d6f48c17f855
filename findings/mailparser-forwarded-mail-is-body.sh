#!/usr/bin/env bash
# mail-parser (Python) reads a mail that has another mail attached (message/rfc822), as "forward as attachment" sends it.
# Expected: the attached mail is among the attachments, with its own sender, subject and text.
# Happens: its text is one more text of the outer mail, its sender and subject are nowhere, and there are no attachments.
# Matters: words count as written by the one who passed them on; who wrote them, and to whom, cannot be found out any more.
# Source: RFC 2046, 5.2.1 (the body is an encapsulated message, with its own headers); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mail-parser==4.8.0
cat > look.py <<'PY'
import mailparser

MAIL = """From: aino@example.org
Subject: Fwd: sluice
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/plain

See below.
--B
Content-Type: message/rfc822

From: tom@example.org
Subject: The sluice key
Content-Type: text/plain

I have lost the key.
--B--
"""
mail = mailparser.parse_from_string(MAIL)
print(mail.from_, mail.subject, mail.text_plain, mail.attachments)
assert mail.subject == "Fwd: sluice" and "See below." in mail.text_plain[0]
assert mail.text_plain[1:] == ["I have lost the key."] and mail.attachments == [], "the mail is an attachment now"
assert "tom@example.org" not in str(mail.from_) + str(mail.attachments)
PY
python look.py
