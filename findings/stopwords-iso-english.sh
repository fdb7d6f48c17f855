#!/usr/bin/env bash
# stopwordsiso lists English stop words.
# Expected: function words, about 130 to 200, as in the lists of NLTK, Lucene or Snowball.
# Happens: 1,298 words, with "us", "id", "page", "edu", "un", "information", "research", "system", "important": queries such
#   as "US system information" or "page id" have no word left.
# Matters: for everybody who takes the list for search; leave such words to BM25's inverse document frequency.
# Source: the list's own project (stopwords-iso, a union of many lists); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python stopwordsiso==0.7.1
cat > look.py <<'PY'
import stopwordsiso
words = stopwordsiso.stopwords("en")
print(len(words), "English words")
for query in ["US system information", "page id", "un research", "the and of"]:
    print(f"{query!r:28} leaves {[w for w in query.lower().split() if w not in words]}")
assert len(words) == 1298
assert {"us", "id", "page", "edu", "un"} <= words
PY
python look.py
