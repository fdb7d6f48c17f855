#!/usr/bin/env bash
# python-oxmsg reads a mail of Outlook (.msg) that was sent within a firm: the file has the sender's internal name in Exchange, and beside
#   it the address, anna@a.example.
# Expected: the address, as extract-msg gives it, and as python-oxmsg itself gives that of recipients: there it prefers the address.
# Happens: sender is "Anna" </O=EXCHANGELABS/…/CN=0A1B-ANNA>: the internal name counts first, and the address is looked at only where there
#   is none.
# Matters: all mails that were sent from an account of Exchange, which have no lines of transport, come from senders of whom no address
#   is known; they match with no person, and cannot be answered.
# Source: oxmsg/message.py and oxmsg/recipient.py (the order of the two properties); MS-OXPROPS (PidTagSenderSmtpAddress;
#   PidTagSenderEmailAddress is in the form that PidTagSenderAddressType names, here EX); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node cfb@1.2.2
with_python python-oxmsg==0.0.2 extract-msg==0.57.0
cat > make.js <<'JS'
const CFB = require("cfb");
const { writeFileSync } = require("node:fs");

const LEGACY = "/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=0A1B-ANNA";
const texts = {
    "001A": "IPM.Note",
    "0037": "Rent",
    "1000": "The rent is 950.",
    "0C1A": "Anna",
    "0C1E": "EX",
    "0C1F": LEGACY,
    "5D01": "anna@a.example",
};
const file = CFB.utils.cfb_new();
const entries = [];
for (const [number, text] of Object.entries(texts)) {
    const data = Buffer.from(text, "utf16le");
    CFB.utils.cfb_add(file, `/__substg1.0_${number}001F`, data);
    const entry = Buffer.alloc(16);
    entry.writeUInt16LE(0x1f, 0);
    entry.writeUInt16LE(parseInt(number, 16), 2);
    entry.writeUInt32LE(6, 4);
    entry.writeUInt32LE(data.length + 2, 8);
    entries.push(entry);
}
CFB.utils.cfb_add(file, "/__properties_version1.0", Buffer.concat([Buffer.alloc(32), ...entries]));
CFB.utils.cfb_del(file, "/Sh33tJ5");
writeFileSync("sent.msg", Buffer.from(CFB.write(file, { type: "buffer" })));
JS
node make.js
cat > look.py <<'PY'
import extract_msg
from oxmsg import Message

mail = Message.load("sent.msg")
with extract_msg.Message("sent.msg") as file:
    other = file.sender
print(mail.subject, mail.sender, other)
assert (mail.subject, mail.body, other) == ("Rent", "The rent is 950.", "Anna <anna@a.example>")
internal = "/O=EXCHANGELABS/OU=EXCHANGE ADMINISTRATIVE GROUP/CN=RECIPIENTS/CN=0A1B-ANNA"
assert mail.sender == f'"Anna" <{internal}>', "the address counts first now"
PY
python look.py
