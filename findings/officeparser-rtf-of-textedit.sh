#!/usr/bin/env bash
# officeparser (npm) reads RTF whose paragraphs end in a backslash at the end of the line, as TextEdit and other programs of
#   macOS write them.
# Expected: paragraphs: a backslash before a line end is the same as \par; pandoc, striprtf and rtf-parser know it.
# Happens: it is passed over: the last word of each paragraph and the first of the next become one, and the whole file is
#   one paragraph.
# Matters: such a file has no other ends of lines at all: "Rent: 950" and "12 months" read "Rent: 95012 months".
# Source: Rich Text Format specification 1.9.1, Special Characters (a control symbol of \ and a line end counts as \par);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0
with_python striprtf==0.0.35
cat > read.py <<'PY'
from striprtf.striprtf import rtf_to_text

with open("note.rtf", newline="") as file:
    print(rtf_to_text(file.read()))
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import officeParser from "officeparser";

const fonts = "{\\fonttbl\\f0\\fswiss\\fcharset0 Helvetica;}";
fs.writeFileSync("note.rtf", `{\\rtf1\\ansi\\ansicpg1252\\cocoartf2639\n${fonts}\n\\f0\\fs24 \\cf0 Rent: 950\\\n12 months\\\nAnna}`);
const other = execFileSync("python", ["read.py"], { encoding: "utf8" });
const text = (await officeParser.parseOffice("note.rtf")).toText();
console.log(JSON.stringify({ other, text }));
assert.deepEqual(other.trim().split("\n"), ["Rent: 950", "12 months", "Anna"]);
assert.equal(text, "Rent: 95012 monthsAnna", "lines are apart now");
JS
node look.mjs
