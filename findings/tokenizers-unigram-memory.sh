#!/usr/bin/env bash
# Hugging Face's tokenizers (the Rust library, here through Python) loads a Unigram tokenizer.json of 250,000 pieces, as
#   XLM-R, multilingual-e5 and bge-m3 have it.
# Expected: about as much memory as the file is long (some 6 MB), or a few times that.
# Happens: more than twenty times as much, and so for every copy: each piece is a String in a list, a String in a hash map,
#   and a chain of hash maps, one for each byte, in the trie. A session that loads its own tokenizer costs that again.
# Matters: a service with three sessions of a quantised model of 80 MB holds three times 200 to 280 MB of tokenizers.
# Source: models/unigram/trie.rs of tokenizers 0.22 and 0.23; what was seen by this script. Linux.
. "$(dirname "$0")/lib.sh"
with_python tokenizers==0.22.1
cat > look.py <<'PY'
import json, os, random
from tokenizers import Tokenizer

random.seed(1)
SYLLABLES = [a + b + c for a in "bdfgklmnprstvz" for b in "aeiou" for c in ("", "n", "r", "s", "l")]
pieces = {}
while len(pieces) < 250_000:
    piece = "▁" * random.randint(0, 1) + "".join(random.choices(SYLLABLES, k=random.randint(2, 4)))
    pieces[piece] = -random.uniform(5, 20)
vocab = [["<unk>", 0.0], *([piece, score] for piece, score in pieces.items())]
json.dump({"version": "1.0", "added_tokens": [], "normalizer": None, "pre_tokenizer": None, "post_processor": None,
           "decoder": None, "truncation": None, "padding": None,
           "model": {"type": "Unigram", "unk_id": 0, "vocab": vocab, "byte_fallback": False}},
          open("tokenizer.json", "w"), ensure_ascii=False)
del pieces, vocab

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20

size = os.path.getsize("tokenizer.json") / 2**20
kept, before = [], resident()
for _ in range(3):
    kept.append(Tokenizer.from_file("tokenizer.json"))
each = (resident() - before) / 3
print(f"the file: {size:.1f} MB; in memory: {each:.0f} MB for each of {len(kept)} copies, {each / size:.0f} times as much")
assert each > 10 * size, "it is smaller now"
PY
python look.py
