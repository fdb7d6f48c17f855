#!/usr/bin/env bash
# pybtex, bibtexparser (Python) and citation-js (npm) read an entry of BibTeX whose list of authors ends in "and others".
# Expected: one author, and that there are more: "and others" is the format's own way to say "et al.".
# Happens: a second author whose family name is "others", in all three.
# Matters: lists of people and counts of authors have a person that is none, with more papers than all others.
# Source: BibTeX's manual (btxdoc, 4: a list that ends in "and others"); CSL's schema has no author for it; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python pybtex==0.26.1 bibtexparser==2.1.0
with_node @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > look.py <<'PY'
import bibtexparser, pybtex.database
from bibtexparser import middlewares

ENTRY = "@article{a, author = {Müller, Anna and others}, title = {Rent}, year = 2024}"
with open("a.bib", "w", encoding="utf-8") as file:
    file.write(ENTRY)
people = pybtex.database.parse_string(ENTRY, "bibtex").entries["a"].persons["author"]
layers = [middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
names = bibtexparser.parse_string(ENTRY, append_middleware=layers).entries[0]["author"]
print([str(person) for person in people], names)
assert [person.last_names for person in people] == [["Müller"], ["others"]], "others are others now"
assert [name.last for name in names] == [["Müller"], ["others"]], "others are others now"
PY
python look.py
cat > look.cjs <<'JS'
const assert = require("node:assert");
const fs = require("node:fs");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");

const [{ author }] = new Cite(fs.readFileSync("a.bib", "utf8")).data;
console.log(author);
assert.deepEqual(author.map(({ family }) => family), ["Müller", "others"], "others are others now");
JS
node look.cjs
