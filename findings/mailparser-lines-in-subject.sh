#!/usr/bin/env bash
# mail-parser (Python) gives the subject of a mail in which a long subject stands on two lines, as every mail program folds
#   it.
# Expected: one line: a header is unfolded before anything else is done with it, as in Python's email with today's policy.
# Happens: mail.subject holds the line end and the blank of the next line: "Notice of termination\r\n of the lease". If the
#   subject is encoded, it does not.
# Matters: titles of documents get line ends: JSON lines, tables, names of files and headers made of them are broken, and
#   two mails of one thread have different subjects.
# Source: RFC 5322, 2.2.3 (folded fields are processed in their unfolded form); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mail-parser==4.8.0
cat > look.py <<'PY'
import email, email.policy
import mailparser

MAIL = "From: anna@a.example\r\nSubject: Notice of termination\r\n of the lease\r\nDate: Wed, 15 Mar 2023 10:00:00 +0100\r\n\r\nx\r\n"
right = email.message_from_string(MAIL, policy=email.policy.default)["subject"]
seen = mailparser.parse_from_string(MAIL).subject
print(repr(str(right)), repr(seen))
assert right == "Notice of termination of the lease"
assert seen == "Notice of termination\r\n of the lease", "subjects are unfolded now"
PY
python look.py
