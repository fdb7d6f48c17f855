#!/usr/bin/env bash
# eml-format reads a mail with an attached table, a.csv, as the last of its parts, and one with plain text and HTML inside a mixed mail.
# Expected: the table's own lines, and the HTML's: "--X--" ends the parts, and a part is what stands before it.
# Happens: the line that ends the parts is the last line of the table, "--X--"; so it is with the HTML, which shows "--Y--" on the page.
# Matters: an attached table has a row more than was sent, whose first cell is the boundary.
#   It is the last part that suffers, and attachments come last.
# Source: RFC 2046, 5.1.1 (the closing delimiter and the line end before it are no part of the body); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node eml-format@0.6.1
cat > look.cjs <<'JS'
const assert = require("node:assert");
const eml = require("eml-format");

const MAIL = `From: ada@example.org
To: bo@example.org
Subject: Table
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="X"

--X
Content-Type: multipart/alternative; boundary="Y"

--Y
Content-Type: text/plain; charset=utf-8

Two rows.
--Y
Content-Type: text/html; charset=utf-8

<p>Two rows.</p>
--Y--

--X
Content-Type: text/csv; name="a.csv"
Content-Disposition: attachment; filename="a.csv"

oak,5
elm,6
--X--
`;
eml.read(MAIL.replaceAll("\n", "\r\n"), (error, mail) => {
  assert.ifError(error);
  console.log(mail.text, mail.html, mail.attachments);
  assert.equal(mail.text, "Two rows.");
  assert.equal(mail.html.trim(), "<p>Two rows.</p>\r\n--Y--", "the HTML ends before its boundary now");
  assert.equal(mail.attachments[0].data.trim(), "oak,5\r\nelm,6\r\n--X--", "the table ends before the boundary now");
});
JS
node look.cjs
