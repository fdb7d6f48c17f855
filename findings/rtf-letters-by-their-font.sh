#!/usr/bin/env bash
# pandoc and officeparser (npm) read RTF with Russian and Greek words in single bytes (\'cf): the file is one of code page
#   1252, and the fonts of these words say that theirs are 1251 and 1253 (\fcharset204, \fcharset161).
# Expected: the words: the code page of a font counts for what is set in it; rtf-parser and striprtf do so.
# Happens: both read every byte by the page of the file: "Ïðè" for "При".
# Matters: Word, WordPad and Outlook write old and foreign documents so; names in them are mojibake, with no error.
# Source: Rich Text Format specification 1.9.1, Font Table (\fcharset); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 striprtf==0.0.35
with_node officeparser@7.8.0
cat > look.py <<'PY'
import pypandoc
from striprtf.striprtf import rtf_to_text

FONTS = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset161 Arial Greek;}}"
PAGES = ("При", "cp1251"), ("νερό", "cp1253")
WORDS = ["".join(f"\\'{byte:02x}" for byte in word.encode(page)) for word, page in PAGES]
rtf = rf"{{\rtf1\ansi\ansicpg1252\deff0{FONTS}\f0 From: \f1 {WORDS[0]}\f0 , \f2 {WORDS[1]}\f0 .\par}}"
with open("names.rtf", "w", encoding="ascii") as file:
    file.write(rtf)
text = pypandoc.convert_text(rtf, "plain", format="rtf").strip()
wrong = "νερό".encode("cp1253").decode("cp1252")
print(pypandoc.get_pandoc_version(), text, rtf_to_text(rtf))
assert rtf_to_text(rtf).strip() == "From: При, νερό."
assert text == f"From: Ïðè, {wrong}.", "fonts count now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import officeParser from "officeparser";

const text = (await officeParser.parseOffice("names.rtf")).toText();
console.log(text);
assert.ok(text.startsWith("From: Ïðè, "), "fonts count now");
JS
node look.mjs
