#!/usr/bin/env bash
# mail-parser and Python's own email read a mail of HTML whose encoding the page says in its <meta>, and the mail does not.
# Expected: the words: mail programs believe the page, as browsers do, and the bytes are not valid ASCII or UTF-8 anyway.
# Happens: every letter beyond ASCII becomes U+FFFD, and the bytes are gone from what the libraries hand over as text.
# Matters: mails from shops and older programs in Russian, Greek or Czech are stored as question marks, for good.
# Source: HTML Standard, 13.2.3.2 (meta prescan); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mail-parser==4.8.0
cat > look.py <<'PY'
import email
import email.policy
import quopri

import mailparser

PAGE = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Привет, цена 12</p>'
body = quopri.encodestring(PAGE.encode("windows-1251"))
HEAD = b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html%s\nContent-Transfer-Encoding: quoted-printable\n\n"


def read(charset):
    raw = HEAD % charset + body
    own = email.message_from_bytes(raw, policy=email.policy.default).get_content()
    return own, mailparser.parse_from_bytes(raw).body


said, unsaid = read(b"; charset=windows-1251"), read(b"")
print([it[-20:].strip() for it in said], [it[-20:].strip() for it in unsaid])
assert all("Привет" in it for it in said), said
assert all("Привет" not in it and "\ufffd" in it and "цена" not in it for it in unsaid), "the page is believed now"
PY
python look.py
