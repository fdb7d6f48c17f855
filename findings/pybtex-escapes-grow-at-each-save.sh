#!/usr/bin/env bash
# pybtex reads an entry of BibTeX and writes it again, without a change: "Sales rose 5\% in 10~years, H$_2$O", and a link with "%20".
# Expected: the same entry; or one that TeX shows in the same way.
# Happens: "5\\% in 10\textasciitilde years, H$\_2$O" and "a\%20b": the writer escapes what is LaTeX already. Saved once more it is
#   "5\\\%" and "a\\%20b"; what is read is no more equal to what was written.
# Matters: to TeX "5\\%" is a line end, and all behind it a comment; formulas are errors, and links are wrong. The file of the whole group
#   is changed so by a program that adds one entry.
# Source: https://github.com/cldf/pycldf/issues/71 and https://github.com/volkm/bibtex-dblp/pull/22 (others who met it); pybtex's
#   documentation of to_string and of fields (raw LaTeX); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python pybtex==0.26.1
cat > look.py <<'PY'
from pybtex.database import parse_string

ENTRY = r"@article{a, title = {Sales rose 5\% in 10~years, H$_2$O}, url = {https://a.example/a%20b}, year = {2024}}"
texts, equal, seen = ENTRY, [], []
for _ in range(3):
    read = parse_string(texts, "bibtex")
    fields = read.entries["a"].fields
    seen.append((fields["title"], fields["url"]))
    texts = read.to_string("bibtex")
    equal.append(parse_string(texts, "bibtex") == read)
print(*seen, equal, sep="\n")
assert seen[0] == (r"Sales rose 5\% in 10~years, H$_2$O", "https://a.example/a%20b"), seen[0]
assert seen[1] == (r"Sales rose 5\\% in 10\textasciitilde years, H$\_2$O", r"https://a.example/a\%20b"), "LaTeX stays as it is now"
assert seen[2] == (r"Sales rose 5\\\% in 10\textasciitilde years, H$\\_2$O", r"https://a.example/a\\%20b"), seen[2]
assert equal == [False] * 3
PY
python look.py
