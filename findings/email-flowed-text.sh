#!/usr/bin/env bash
# Python's email package gives the text of a mail whose lines are soft-wrapped (format=flowed).
# Expected: with the policy for today's mail, get_content() joins the lines, as it decodes the character set:
#   "machine".
# Happens: the lines stay apart: with DelSp=yes a word is left as "ma " and "chine" on two lines.
# Matters: some mail programs send every plain-text mail this way; search does not find words that were wrapped.
# Source: RFC 3676, 4.1 and 4.2; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python setuptools==80.9.0
cat > look.py <<'PY'
import email
import email.policy

mail = email.message_from_string(
    "Subject: offer\nContent-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\n\n"
    "The price of the ma \nchine is 950.\n", policy=email.policy.default)
text = mail.get_body().get_content()
print(repr(text))
assert "machine" not in text, "flowed lines are joined now"
PY
python look.py
