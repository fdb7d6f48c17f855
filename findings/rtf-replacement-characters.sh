#!/usr/bin/env bash
# officeparser and rtf-parser of npm (and @iarna/rtf-to-html, which stands on it) read RTF with characters as \u8364? (a
#   number, and "?" for readers that do not know numbers).
# Expected: the character alone: readers that know \u pass over what stands for it (one sign, unless \uc says otherwise).
# Happens: both are given: "Müller" becomes "Mü?ller", "€ 950" is "€? 950", and "5 m²", with a 2 for old readers, is "5
#   m²2".
# Matters: RTF has every character beyond its code page this way: no Polish, Greek or Japanese word is whole, and numbers
#   get figures that are not in the document.
# Source: Rich Text Format specification 1.9.1, Unicode RTF (\uN, \ucN); striprtf reads it so; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0 rtf-parser@1.3.3
with_python striprtf==0.0.35
cat > read.py <<'PY'
from striprtf.striprtf import rtf_to_text

with open("words.rtf", newline="") as file:
    print(rtf_to_text(file.read()))
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { promisify } from "node:util";
import officeParser from "officeparser";
import parser from "rtf-parser";

const words = "M\\u252?ller, \\u8364? 950, 5 m\\u178\\'32\\par";
fs.writeFileSync("words.rtf", `{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 ${words}}`);
const right = execFileSync("python", ["read.py"], { encoding: "utf8" }).trim();
const office = (await officeParser.parseOffice("words.rtf")).toText();
const document = await promisify(parser.string)(fs.readFileSync("words.rtf", "latin1"));
const parsed = document.content.flatMap((paragraph) => paragraph.content.map((span) => span.value)).join("");
console.log({ right, office, parsed });
assert.equal(right, "Müller, € 950, 5 m²");
for (const text of [office, parsed]) assert.equal(text, "Mü?ller, €? 950, 5 m²2", "replacements are passed over now");
JS
node look.mjs
