#!/usr/bin/env bash
# eml-format reads a mail whose header names are in small letters, from:, subject: and content-type:.
# Expected: the same result as for From:, Subject: and Content-Type:; names of headers are the same in both.
# Happens: there is no subject, no sender, no recipient and no text, and no error: the whole text is an attachment without a name. Only
#   the list of headers has them, in small letters.
# Matters: the mail is stored as empty, with an attachment that has no kind; searches by sender or subject never find it.
# Source: RFC 5322, 1.2.2 and RFC 2045 (names of fields are not case-sensitive); eml-format's lib/eml-format.js, which asks for
#   "Subject" and "From"; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node eml-format@0.6.1
cat > look.cjs <<'JS'
const assert = require("node:assert");
const eml = require("eml-format");

const NAMES = ["From: ada@example.org", "To: bo@example.org", "Subject: Plan", "Content-Type: text/plain; charset=utf-8"];
const read = (headers) =>
  new Promise((done, fail) => {
    eml.read([...headers, "", "Berth four is free."].join("\r\n"), (error, mail) => (error ? fail(error) : done(mail)));
  });

(async () => {
  const usual = await read(NAMES);
  const small = await read(NAMES.map((header) => header.replace(/^[^:]+/, (name) => name.toLowerCase())));
  console.log(usual, small);
  assert.equal(usual.subject, "Plan");
  assert.match(usual.text, /^Berth four is free/);
  assert.deepEqual([small.subject, small.from, small.to, small.text], Array(4).fill(undefined), "small letters are read now");
  assert.equal(small.headers.subject, "Plan");
  assert.match(small.attachments[0].data, /^Berth four is free/);
})();
JS
node look.cjs
