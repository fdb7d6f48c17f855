#!/usr/bin/env bash
# Typo.js and nspell check German words with the dictionary that Hunspell, LibreOffice and Firefox have: Wärmepumpe (heat pump),
#   Mietvertrag (lease), Pumpenhaus (pump house).
# Expected: all are right, as in Hunspell (here spylls, the same algorithm in Python): the dictionary says which words may be joined.
# Happens: all are wrong: flags for joining words are read as rules of endings only or passed over. So are "twenty-one" and, with
#   English, plain numbers: 9087, 3.50.
# Matters: most of the nouns of a German lease or manual are joined like this; all are underlined, or "mended" when queries
#   are. It looks as if the dictionary were bad.
# Source: hunspell(5) (COMPOUNDBEGIN and others; BREAK; numbers are words); nspell's README, whose list of options has them unticked;
#   Typo.js's README (works with Hunspell dictionaries); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node typo-js@1.4.0 nspell@2.1.5 dictionary-de@3.0.0 dictionary-en@4.0.0
with_python spylls==0.1.7
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import nspell from "nspell";
import Typo from "typo-js";

const words = { de: ["Haus", "Wärmepumpe", "Mietvertrag", "Pumpenhaus"], en: ["lease", "9087", "3.50", "twenty-one"] };
for (const language of ["de", "en"]) {
  const [aff, dic] = ["aff", "dic"].map((end) => fs.readFileSync(`node_modules/dictionary-${language}/index.${end}`, "utf8"));
  const checkers = [new Typo(language, aff, dic), nspell({ aff, dic })];
  const seen = words[language].map((word) => [checkers[0].check(word), checkers[1].correct(word)]);
  console.log(language, JSON.stringify(seen));
  assert.deepEqual(seen[0], [true, true]);
  assert.deepEqual(seen.slice(1), Array(3).fill([false, false]), "joined words are right now");
}
JS
node look.mjs
cat > look.py <<'PY'
from spylls.hunspell import Dictionary

for language, words in {"de": ["Wärmepumpe", "Mietvertrag", "Pumpenhaus"], "en": ["9087", "3.50", "twenty-one"]}.items():
    dictionary = Dictionary.from_files(f"node_modules/dictionary-{language}/index")
    seen = [dictionary.lookup(word) for word in words]
    print("spylls", language, seen)
    assert all(seen)
PY
python look.py
