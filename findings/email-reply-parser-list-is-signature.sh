#!/usr/bin/env bash
# email-reply-parser (Python) takes what is new out of a reply: a list whose items begin with "-" and no blank, and a sentence
#   after it.
# Expected: the list and the sentence: a signature begins with "-- ", a line of its own.
# Happens: a line that begins with a hyphen and a letter counts as the beginning of a signature; it and what belongs to it are
#   dropped. Only "Please bring:" is left. With a blank behind the hyphens all is kept.
# Matters: what was asked for, agreed or ordered in the reply is missing from the ticket or the index, in silence.
# Source: RFC 3676, 4.3 (the line "-- " sets a signature off); the package's README (hides signatures); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python email-reply-parser==0.5.12
cat > look.py <<'PY'
from email_reply_parser import EmailReplyParser

END = "\n\nand call me at 5.\n\nOn Monday, Anna wrote:\n> What do you need?\n"
seen = [EmailReplyParser.parse_reply(f"Please bring:\n\n{hyphen}cable\n{hyphen}lamp{END}") for hyphen in ("- ", "-")]
print(seen)
assert seen[0] == "Please bring:\n\n- cable\n- lamp\n\nand call me at 5."
assert seen[1] == "Please bring:", "the list is kept now"
PY
python look.py
