#!/usr/bin/env bash
# postal-mime reads a reply whose lines are soft-wrapped (format=flowed), with what it answers quoted above.
# Expected: lines of one depth of quotation are joined, and the sign of the depth stands once, at their beginning: "> On the
#   5th of each month."; mailparser of npm, of the same authors, does so.
# Happens: the sign is left in at each joint: "> On the 5th of > each month.", ">> When is the >> rent due?"
# Matters: Thunderbird and Apple Mail send so: quoted sentences are no sentences for search and for language models, and "5
#   > 6" may stand where no such thing was said.
# Source: RFC 3676, 4.1 and 4.5 (quote marks are taken off before lines are joined); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node postal-mime@4.0.0 mailparser@3.14.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import PostalMime from "postal-mime";
import { simpleParser } from "mailparser";

const head = ["From: anna@a.example", "Subject: Rent", "Content-Type: text/plain; charset=utf-8; format=flowed", ""];
const body = [">> When is the ", ">> rent due?", "> On the 5th of ", "> each month.", "Thanks, that is ", "fine.", ""];
const mail = [...head, ...body].join("\r\n");
const lines = (text) => text.trim().split("\n");
const [right, seen] = [lines((await simpleParser(mail)).text), lines((await PostalMime.parse(mail)).text)];
console.log(right, seen);
assert.deepEqual(right, [">> When is the rent due?", "> On the 5th of each month.", "Thanks, that is fine."]);
const torn = [">> When is the >> rent due?", "> On the 5th of > each month.", "Thanks, that is fine."];
assert.deepEqual(seen, torn, "quoted lines are joined now");
JS
node look.mjs
