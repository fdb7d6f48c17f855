#!/usr/bin/env bash
# citation-js (npm) writes a reference as RIS, the format of EndNote, Zotero and PubMed, and reads it again; its abstract is longer
#   than a line.
# Expected: the abstract as it was; or lines that end between two words.
# Happens: a line ends behind 70 letters, in the middle of a word: "sediments" is "s" and "ediments". Each reader joins lines with a
#   blank, and so does citation-js itself: "in the s ediments of", "the ele ctroencephalographically".
# Matters: abstracts and notes have a cut word in every second line: those are just the words by which the paper is searched.
# Source: citation-js's plugin for RIS (formats to lines of a fixed width); RIS specification (a tag's value is one line); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2
with_python rispy==0.10.0
cat > look.js <<'JS'
const assert = require("node:assert");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-ris");

const abstract = "The concentrations of polychlorinated biphenyls were measured in the sediments of three estuaries over the period "
    + "of nine years, and the electroencephalographically relevant residues were compared.";
const entry = { id: "a", type: "article-journal", title: "Residues", abstract, issued: { "date-parts": [[2024]] } };
const made = new Cite([entry]).format("ris");
require("node:fs").writeFileSync("made.ris", made);
const back = new Cite(made).data[0].abstract;
console.log(made, back);
assert.equal(back, abstract.replace("sediments", "s ediments").replace("electro", "ele ctro"), "words stay whole now");
JS
node look.js
cat > look.py <<'PY'
import rispy

with open("made.ris", encoding="utf-8") as file:
    read = rispy.load(file)[0]["abstract"]
print(read)
assert "in the s ediments of" in read and "the ele ctroencephalographically" in read, read
PY
python look.py
