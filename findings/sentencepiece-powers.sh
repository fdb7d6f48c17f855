#!/usr/bin/env bash
# SentencePiece, with the normalisation that its models have unless asked otherwise (nmt_nfkc), prepares texts with powers
#   and mixed numbers; XLM-R, multilingual-e5, bge-m3 and T5 were made so.
# Expected: blanks and forms of letters become alike; 10⁶ and 106 stay two numbers.
# Happens: "10⁶" becomes "106", "x²" "x2", and "2½ mg" "21⁄2 mg", with a sign between that is no "/". The model never sees
#   that there was a power: both texts have the very same vector, and a reranker the same score.
# Matters: no search by meaning can tell 10⁶ cells from 106 cells; search by words has to.
# Source: Unicode Standard Annex 15, 1.2 (compatibility equivalence takes the raised form away) and its advice not to apply
#   NFKC blindly; SentencePiece's documentation of normalisation; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python sentencepiece==0.2.3
cat > look.py <<'PY'
import sentencepiece

normalize = sentencepiece.SentencePieceNormalizer(rule_name="nmt_nfkc").normalize
seen = {text: normalize(text).lstrip("▁") for text in ("10⁶", "106", "x²", "2½", "H₂O")}
print(seen)
assert seen["106"] == "106" and seen["H₂O"] == "H2O", seen
assert seen["10⁶"] == "106" and seen["x²"] == "x2" and seen["2½"] == "21⁄2", "powers are kept now"
PY
python look.py
