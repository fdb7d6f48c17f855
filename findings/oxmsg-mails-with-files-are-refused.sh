#!/usr/bin/env bash
# @tutao/oxmsg (npm) writes a mail for Outlook (.msg) with a file attached; extract-msg (Python) reads it.
# Expected: the mail and its file, as python-oxmsg reads them.
# Happens: extract-msg refuses the whole mail ("incorrect OLE sector index for empty stream"): oxmsg writes two empty streams, and
#   says that they begin in sector 0; olefile, on which extract-msg stands, wants the mark for an end there. Without a file attached
#   the mail is read, as those streams are looked at for attachments only.
# Matters: mails exported from that mail program go into an index when they have no attachment; those with contracts and bills do not.
# Source: olefile's source (OleStream: an empty stream begins at ENDOFCHAIN); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @tutao/oxmsg@0.2.3
with_python extract-msg==0.57.0 python-oxmsg==0.0.2
cat > make.js <<'JS'
const { Attachment, Email } = require("@tutao/oxmsg");
const { writeFileSync } = require("node:fs");

const mail = () => new Email(false, false).subject("Bill").bodyText("See below.").sender("a@a.example", "Anna").to("b@b.example", "Bob");
writeFileSync("plain.msg", mail().msg());
writeFileSync("with.msg", mail().attach(new Attachment(new TextEncoder().encode("950"), "bill.txt")).msg());
JS
node make.js
cat > look.py <<'PY'
import extract_msg
from oxmsg import Message

other = [(file.file_name, file.file_bytes) for file in Message.load("with.msg").attachments]
with extract_msg.Message("plain.msg") as mail:
    plain = mail.subject
try:
    extract_msg.Message("with.msg")
    seen = "read"
except OSError as error:
    seen = str(error)
print(other, plain, seen)
assert other == [("bill.txt", b"950")] and plain == "Bill"
assert seen == "incorrect OLE sector index for empty stream", "mails with files are read now"
PY
python look.py
