#!/usr/bin/env bash
# pandoc reads RTF with letters as \u252? (a number, and "?" for old readers), as Word writes all that its code page does
#   not have, and many other programs every letter beyond ASCII.
# Expected: "Müller": one sign behind the number is passed over, which is what \uc1 says and what holds without it.
# Happens: the sign and the letter behind it go: "Müler"; "über" is "üer", and the blank behind a word of Cyrillic letters
#   is lost. If the sign is written \'fc, only that goes.
# Matters: a word with such a letter lacks the next one, and is not found; nothing is reported.
# Source: Rich Text Format specification 1.9.1, Unicode RTF (\uN, \ucN); striprtf reads it so; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pypandoc_binary==1.17 striprtf==0.0.35
cat > look.py <<'PY'
import pypandoc
from striprtf.striprtf import rtf_to_text

HEAD = r"{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0\fcharset0 Arial;}}\f0 "
seen = {}
for words in (r"M\u252?ller", r"\u252?ber uns", r"M\u252\'fcller", r"\u1044?\u1072? end"):
    rtf = HEAD + words + r"\par}"
    seen[words] = rtf_to_text(rtf).strip(), pypandoc.convert_text(rtf, "plain", format="rtf").strip()
print(pypandoc.get_pandoc_version(), seen)
assert [right for right, _ in seen.values()] == ["Müller", "über uns", "Müller", "Да end"]
assert [read for _, read in seen.values()] == ["Müler", "üer uns", "Müller", "Даend"], "one sign is passed over now"
PY
python look.py
