#!/usr/bin/env bash
# PyStemmer 2.2 and 3.x both offer the Snowball stemmer "dutch".
# Expected: the name stands for one algorithm, so that an index made with one version can be searched with the other.
# Happens: with Snowball 3 "dutch" became the Kraaij-Pohlmann stemmer; the old one is called "dutch_porter" now. Of eight
#   plain Dutch words most get other stems, and an index made before the upgrade silently misses them.
# Matters: for everybody who keeps stems in an index (search engines, BM25 libraries); keep the algorithm's version with
#   the index. Rust's rust-stemmers 1.2 has the old one, snowball_stemmers_rs 1.0 the new one.
# Source: the release notes of Snowball 3.0.0; what was seen by this script.
. "$(dirname "$0")/lib.sh"
cat > look.py <<'PY'
import sys, Stemmer
words = "huizen facturen betalingen overeenkomsten lopen kinderen brieven gegevens".split()
print(*Stemmer.Stemmer(sys.argv[1]).stemWords(words))
PY
with_python PyStemmer==2.2.0.3
old=$(python look.py dutch)
./venv/bin/pip install --quiet --disable-pip-version-check PyStemmer==3.1.0
new=$(python look.py dutch)
renamed=$(python look.py dutch_porter)
printf '%-22s %s\n' '2.2.0.3 dutch' "$old" '3.1.0 dutch' "$new" '3.1.0 dutch_porter' "$renamed"
[ "$old" != "$new" ] && [ "$old" = "$renamed" ]
