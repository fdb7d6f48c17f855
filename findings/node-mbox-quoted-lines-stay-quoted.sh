#!/usr/bin/env bash
# node-mbox and mbox-reader (npm) read a mail folder in one file (mbox); a line of a mail begins with "From", and so it was written as
#   ">From", as the format asks.
# Expected: "From the pier: rent 950.", as it was sent, and as mbox-reader gives it: the sign is the folder's, not the mail's.
# Happens: node-mbox leaves the sign: ">From the pier". The mail is no longer what was sent: its signature (DKIM, S/MIME) is broken, and
#   to programs that know quotations the line is the words of the one who wrote before.
# Matters: the sentence that begins with "From" is just dropped as a quotation, or is given to another person.
# Source: the manual page mbox(5) that node-mbox's README names (a reader takes ">" off lines that begin with ">From "); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node node-mbox@2.0.0 mbox-reader@1.2.0
cat > look.js <<'JS'
const assert = require("node:assert");
const { Readable } = require("node:stream");
const { mboxReader } = require("mbox-reader");
const { MboxStream } = require("node-mbox");

const HEAD = ["From a@a.example Tue Mar  5 10:00:00 2024", "From: a@a.example", "Subject: Pier", ""];
const folder = [...HEAD, ">From the pier: rent 950.", ""].join("\n");
const text = (mail) => mail.toString().split("\n\n")[1].trim().split("\n");

(async () => {
    const other = [];
    for await (const mail of mboxReader(Readable.from([Buffer.from(folder)]))) {
        other.push(text(mail.content));
    }
    const seen = [];
    const stream = MboxStream(Readable.from([Buffer.from(folder)]), {});
    stream.on("data", (mail) => seen.push(text(mail)));
    await new Promise((over) => stream.on("finish", over));
    console.log(other, seen);
    assert.deepEqual(other, [["From the pier: rent 950."]]);
    assert.deepEqual(seen, [[">From the pier: rent 950."]], "quoting is undone now");
})();
JS
node look.js
