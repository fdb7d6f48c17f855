#!/usr/bin/env bash
# eml-parse-js (npm) reads a plain mail that has no Content-Type and a subject of two lines.
# Expected: its text, since a mail without the field is plain text in ASCII; and the subject with a blank where its lines
#   meet.
# Happens: there is no text: the body is an attachment without a name. The subject is "Notice ofterminationof lease".
# Matters: cron, scripts and old programs send such mails; they are indexed as empty, and words of long subjects are joined.
# Source: RFC 2045, 5.2 (the default type); RFC 5322, 2.2.3 (unfolding takes out the line end alone); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node eml-parse-js@1.1.15 postal-mime@4.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as emlParse from "eml-parse-js";
import PostalMime from "postal-mime";

const head = ["From: anna@a.example", "Subject: Notice of", " termination", " of lease", "Date: Wed, 15 Mar 2023 10:00:00 +0100"];
const mail = [...head, "", "The lease ends in June.", ""].join("\r\n");
const [right, seen] = [await PostalMime.parse(mail), (emlParse.default ?? emlParse).readEml(mail)];
console.log(right.subject, right.text, seen);
assert.deepEqual([right.subject, right.text.trim()], ["Notice of termination of lease", "The lease ends in June."]);
assert.deepEqual([seen.text, seen.attachments.length], [undefined, 1], "the body is its text now");
assert.equal(seen.subject, "Notice ofterminationof lease", "lines of the subject are apart now");
JS
node look.mjs
