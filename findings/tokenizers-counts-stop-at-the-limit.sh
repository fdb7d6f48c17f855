#!/usr/bin/env bash
# Hugging Face's tokenizers loads a tokenizer.json to count tokens, so that a chunk can be kept below what a model takes.
# Expected: the count of what is given: a limit is a matter of the one who runs the model, and is asked for
#   (enable_truncation).
# Happens: what was asked for when the file was saved stands in it and holds again: here a cut at 8 and filling up to 8, as
#   the files of sentence-transformers' MiniLM models have it with 128. A long text counts 8, and so does a short one.
#   no_truncation() and no_padding() mend it.
# Matters: no text is ever too long, so chunks are not cut, and the model sees the beginning of each; the rest is not
#   searchable.
# Source: the documentation of tokenizers (from_file, to_str; truncation and padding are parts of the serialised
#   tokenizer); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python tokenizers==0.23.3
cat > look.py <<'PY'
from tokenizers import Tokenizer, models, pre_tokenizers

made = Tokenizer(models.WordLevel({"[UNK]": 0, "[PAD]": 1, "rent": 2}, unk_token="[UNK]"))
made.pre_tokenizer = pre_tokenizers.Whitespace()
made.enable_truncation(8)
made.enable_padding(length=8, pad_id=1)
made.save("tokenizer.json")
loaded = Tokenizer.from_file("tokenizer.json")


def counts():
    return [len(loaded.encode("rent " * words).ids) for words in (2, 5000)]


before = counts()
loaded.no_truncation()
loaded.no_padding()
print(before, counts())
assert counts() == [2, 5000]
assert before == [8, 8], "a loaded file has no limit now"
PY
python look.py
