#!/usr/bin/env bash
# eml-format reads subjects that were encoded, as every mail program does with letters beyond English: =?utf-8?Q?Caf=C3=A9_plan_5?=.
# Expected: "Café plan 5": an underscore is a blank in such words.
# Happens: "Café_plan_5". A subject that a mail program folds over two lines, as it does with long ones, keeps the line end, and a
#   search for its words side by side fails.
# Matters: the words of a subject with one accent grow together to one word, which no search for "plan" finds.
# Source: RFC 2047, 4.2 (2) (the underscore stands for a blank); RFC 5322, 2.2.3 (unfolding takes the line end away); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node eml-format@0.6.1
cat > look.cjs <<'JS'
const assert = require("node:assert");
const eml = require("eml-format");

function subject(lines) {
  const mail = `From: ada@example.org\r\nTo: bo@example.org\r\nSubject: ${lines}\r\nContent-Type: text/plain\r\n\r\nText\r\n`;
  let found;
  eml.read(mail, (error, read) => {
    assert.ifError(error);
    found = read.subject;
  });
  return found;
}

const seen = [subject("=?utf-8?Q?Caf=C3=A9_plan_5?="), subject("A long\r\n subject")];
console.log(seen);
assert.equal(subject("Plan 5"), "Plan 5");
assert.equal(seen[0], "Café_plan_5", "blanks are blanks now");
assert.equal(seen[1], "A long\r\nsubject", "long subjects are one line now");
JS
node look.cjs
