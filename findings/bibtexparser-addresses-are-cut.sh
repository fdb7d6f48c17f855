#!/usr/bin/env bash
# bibtexparser reads entries with its layer for LaTeX (LatexDecodingMiddleware) and those for names: an address with %20, a
#   path of a file, and an organisation in braces as an author.
# Expected: the address and the path as they are: they are no LaTeX; and one name, "World Health Organization": that is what
#   braces are for.
# Happens: "https://a.example/report": all from the percent sign on is taken for a comment; "C:\\new" has a line end in it;
#   and the organisation is a person, with the first names World and Health, as the braces go before names are cut. Without
#   the layer all are right.
# Matters: links of references lead nowhere, in silence; organisations are sorted and shown by their last word.
# Source: BibTeX's manual (btxdoc, 4: braces in names); biblatex's manual (url is a verbatim field); bibtexparser's manual
#   (customizing); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python bibtexparser==2.1.0
cat > look.py <<'PY'
import bibtexparser
from bibtexparser import middlewares

ENTRY = r"""@report{a, author = {{World Health Organization}}, title = {{\"U}ber Rent},
  url = {https://a.example/report%202024.pdf}, file = {C:\\new}}"""
names = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]


def read(layers):
    entry = bibtexparser.parse_string(ENTRY, append_middleware=layers).entries[0]
    (author,) = entry["author"]
    return entry["title"], entry["url"], entry["file"], author.first, author.last


plain, decoded = read(names), read([middlewares.LatexDecodingMiddleware(), *names])
print(plain, decoded, sep="\n")
assert plain[1:] == ("https://a.example/report%202024.pdf", r"C:\\new", [], ["{World Health Organization}"])
assert decoded[0] == "Über Rent"
assert decoded[1] == "https://a.example/report", "addresses are kept now"
assert "\n" in decoded[2], "paths are kept now"
assert decoded[3:] == (["World", "Health"], ["Organization"]), "organisations are kept now"
PY
python look.py
