#!/usr/bin/env bash
# Unidecode, text-unidecode, anyascii and python-slugify (Python), transliteration, any-ascii and @sindresorhus/slugify (npm)
#   write a dose in plain ASCII for search keys, file names and addresses: 5 micrograms.
# Expected: "5 ug", as it is written where there is no µ; Unicode has two of them, a sign of its own (U+00B5) and the Greek
#   letter (U+03BC), which NFKC makes of the first, and the Unicode Consortium asks for the letter.
# Happens: of the letter it is "5 mg", a thousand times as much, from all of them; python-slugify makes it of the sign as
#   well, for it normalises first.
# Matters: two doses have one key, one name and one address; the one that is shown is wrong.
# Source: Unicode 16, 22.2 (letterlike symbols: the Greek letter is preferred to the micro sign); ISO 2955 (u for micro); the
#   packages' READMEs; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python Unidecode==1.4.0 text-unidecode==1.3 anyascii==0.3.3 python-slugify==9.2.0
with_node transliteration@2.6.1 any-ascii@0.3.3 @sindresorhus/slugify@3.0.1
cat > look.py <<'PY'
import unicodedata
import anyascii, slugify, text_unidecode, unidecode

SIGN, LETTER = "5 \u00b5g", "5 \u03bcg"
assert unicodedata.normalize("NFKC", SIGN) == LETTER
makers = {
    "Unidecode": unidecode.unidecode,
    "text-unidecode": text_unidecode.unidecode,
    "anyascii": anyascii.anyascii,
    "python-slugify": lambda text: slugify.slugify(text, separator=" "),
}
seen = {name: (make(SIGN), make(LETTER)) for name, make in makers.items()}
print(seen)
assert seen.pop("python-slugify") == ("5 mg", "5 mg"), "micrograms are kept now"
assert set(seen.values()) == {("5 ug", "5 mg")}, "micrograms are kept now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import slugify from "@sindresorhus/slugify";
import anyAscii from "any-ascii";
import * as transliteration from "transliteration";

const transliterate = transliteration.transliterate ?? transliteration.default.transliterate;
const makers = [transliterate, anyAscii, (text) => slugify(text, { separator: " " })];
const seen = makers.map((make) => make("5 \u03bcg"));
console.log(seen);
assert.deepEqual(seen, ["5 mg", "5 mg", "5 mg"], "micrograms are kept now");
JS
node look.mjs
