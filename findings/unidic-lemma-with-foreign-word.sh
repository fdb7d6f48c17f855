#!/usr/bin/env bash
# fugashi with UniDic (unidic-lite) gives the dictionary form of Japanese words (feature.lemma), to be kept in an index.
# Expected: the word in its plain form, as for verbs: 買っ (bought) becomes 買う.
# Happens: loan words come with the foreign word behind a hyphen: バルブ is "バルブ-valve", ポンプ "ポンプ-pomp", and a word that the
#   dictionary does not have, such as PPR or 9087, is None. feature.orthBase has the plain form, バルブ.
# Matters: lemmas of one analyser do not meet those of another or what people type; code that joins them prints "None".
# Source: UniDic's description of its fields (lemma, orthBase); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python fugashi==1.5.2 unidic-lite==1.0.8
cat > look.py <<'PY'
import fugashi

tagger = fugashi.Tagger()
TEXT = "バルブとポンプを買った PPR-9087"
seen = {word.surface: (word.feature.lemma, word.feature.orthBase) for word in tagger(TEXT)}
print(seen)
assert seen["買っ"] == ("買う", "買う")
assert seen["バルブ"] == ("バルブ-valve", "バルブ"), "a lemma is the word alone now"
assert seen["ポンプ"][0] == "ポンプ-pomp"
assert seen["PPR"][0] is None and seen["9087"][0] is None
PY
python look.py
