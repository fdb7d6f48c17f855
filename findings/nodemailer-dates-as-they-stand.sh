#!/usr/bin/env bash
# nodemailer gets a mail from a queue, as JSON: its date is the text that JSON makes of a Date, "2024-03-05T09:00:00.000Z".
# Expected: "Date: Tue, 05 Mar 2024 09:00:00 +0000", as of a Date; or an error.
# Happens: "Date: 2024-03-05T09:00:00.000Z" is in the mail: the text is copied. Python's email finds no date in it.
# Matters: mails have no date for their readers, or that of their arrival; it is seen only where they are read.
# Source: RFC 5322, 3.3 and 3.6.1 (Date is mandatory, in its own form); nodemailer's documentation of a message (date:
#   optional, a Date; the current one otherwise); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node nodemailer@10.6.1
cat > make.cjs <<'JS'
const fs = require("node:fs");
const queued = JSON.stringify({ from: "a@a.example", to: "b@b.example", text: "x", date: new Date(Date.UTC(2024, 2, 5, 9)) });
const transport = require("nodemailer").createTransport({ streamTransport: true, buffer: true });
const send = async (path, mail) => fs.writeFileSync(path, (await transport.sendMail(mail)).message);
const mail = JSON.parse(queued);
send("text.eml", mail).then(() => send("date.eml", { ...mail, date: new Date(mail.date) }));
JS
node make.cjs
cat > look.py <<'PY'
import email
from email import policy

dates = []
for path in ("date.eml", "text.eml"):
    with open(path, "rb") as file:
        header = email.message_from_binary_file(file, policy=policy.default)["date"]
    dates.append((str(header), header.datetime))
print(dates)
assert dates[0][1] is not None
assert dates[1] == ("2024-03-05T09:00:00.000Z", None), "dates are written in their form now"
PY
python3 look.py
