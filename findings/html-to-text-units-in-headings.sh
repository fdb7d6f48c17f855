#!/usr/bin/env bash
# html-to-text (npm), and mailparser with it, turns a page or a mail with headings into text.
# Expected: the words of a heading as they are written, perhaps with a line below.
# Happens: headings are put into capitals: "Output in mW" becomes "OUTPUT IN MW", a milliwatt a megawatt; "pH" is "PH", and
#   "Maßnahme" becomes "MASSNAHME". uppercase: false must be asked for; mailparser gives no way to.
# Matters: units, formulas and names in headings say something else, and search that minds capitals does not find them.
# Source: BIPM, The International System of Units, table 7 (m is 10^-3, M is 10^6); html-to-text's documentation of the
#   heading formatter; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node html-to-text@10.0.1 mailparser@3.14.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import { convert } from "html-to-text";
import { simpleParser } from "mailparser";

const PAGE = "<h2>Output in mW</h2><p>5 mW at pH 7</p>";
const text = convert(PAGE);
const mail = await simpleParser(`From: a@b.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n${PAGE}`);
console.log(JSON.stringify([text, mail.text]));
assert.deepEqual(new Set([text, mail.text]), new Set(["OUTPUT IN MW\n\n5 mW at pH 7"]), "headings keep their letters now");
JS
node look.mjs
