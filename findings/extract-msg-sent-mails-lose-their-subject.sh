#!/usr/bin/env bash
# extract-msg turns a mail of Outlook (.msg) into one that all programs read (asEmailMessage): a sent mail, which has no lines of
#   transport (headers), with the subject "Rent 2024", to "Smith, Bob" and to Carl.
# Expected: a mail with that subject, from anna@a.example, to both; subject, sender and recipients stand in the file.
# Happens: no subject. The sender is a name without an address, for only one of the two properties for it is read. The names stand
#   without quotation marks and a semicolon between the recipients: Python's reader finds Smith and Bob, and not Carl.
# Matters: folders of sent mail that are turned into .eml for an archive or an index lose their subjects and the most of those to
#   whom they went; received mails, with which one tries it, are right.
# Source: extract_msg/msg_classes/message_base.py (header is built of date, from, to, cc, bcc and id); RFC 5322, 3.4 (addresses are
#   set apart by commas, names with commas are quoted); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @tutao/oxmsg@0.2.3
with_python extract-msg==0.57.0
cat > make.js <<'JS'
const { Email } = require("@tutao/oxmsg");

const mail = new Email(false, false).subject("Rent 2024").bodyText("The rent is 950.").sender("anna@a.example", "Anna Miller");
mail.to("bob@b.example", "Smith, Bob").to("carl@c.example", "Carl").sentOn(new Date("2024-03-05T10:00:00Z"));
require("node:fs").writeFileSync("sent.msg", mail.msg());
JS
node make.js
cat > look.py <<'PY'
import email
from email import policy

import extract_msg

with extract_msg.Message("sent.msg") as mail:
    kept = mail.subject, [(person.name, person.email) for person in mail.recipients]
    stored = mail.getStringStream("__substg1.0_0C1F")
    made = mail.asEmailMessage().as_bytes()
read = email.message_from_bytes(made, policy=policy.default)
people = [(person.display_name, person.addr_spec) for person in read["to"].addresses]
print(kept, stored, "->", read["subject"], read["from"], people)
assert kept == ("Rent 2024", [("Smith, Bob", "bob@b.example"), ("Carl", "carl@c.example")]), kept
assert stored == "anna@a.example", stored
assert read["subject"] is None, "the subject is kept now"
assert "a.example" not in read["from"], "the sender's address is kept now"
assert people == [("", "Smith"), ("Bob", "bob@b.example")], "recipients are kept now"
PY
python look.py
