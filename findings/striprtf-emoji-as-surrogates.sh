#!/usr/bin/env bash
# striprtf reads rich text with a character beyond the first 65,536, such as an emoji, as Word writes it: \u-10179?\u-8704?.
# Expected: one character, since RTF's \u takes 16 bits and such characters are two of them, a surrogate pair.
# Happens: two lone surrogates stand in the string: it is no text that UTF-8 can hold, and fails when it is stored or sent.
# Matters: the reading succeeds; the error comes later and elsewhere ("surrogates not allowed"), in the database or the API.
# Source: Rich Text Format 1.9.1, "Unicode RTF" (values above 32,767 as negative numbers); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python striprtf==0.0.35
cat > look.py <<'PY'
from striprtf.striprtf import rtf_to_text

plain = rtf_to_text(r"{\rtf1\ansi Gr\u246?\u223?e\par}")
emoji = rtf_to_text(r"{\rtf1\ansi\uc1 seen \u-10179?\u-8704?\par}")
print(ascii(plain), ascii(emoji))
assert plain.strip() == "Größe", plain
assert emoji.encode("utf-16", "surrogatepass").decode("utf-16").strip() == "seen 😀", ascii(emoji)
try:
    emoji.encode("utf-8")
except UnicodeEncodeError as error:
    print(error.reason)
else:
    raise AssertionError("the pair is one character now")
PY
python look.py
