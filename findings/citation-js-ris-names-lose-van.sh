#!/usr/bin/env bash
# citation-js (npm) reads authors of BibTeX, "van Dyke, Ann", "de la Cruz, Juan" and "von Neumann, John", and writes them as RIS.
# Expected: "van Dyke, Ann", as its own output of BibTeX and of a bibliography has them.
# Happens: "Dyke, Ann", "Cruz, Juan" and "Neumann, John": the particle before the name is dropped. Pages 12 to 19 are all in the tag
#   for the first page (SP), and none is in that for the last one (EP).
# Matters: Dutch, German, Spanish and French authors change their names on the way to EndNote or Zotero, are sorted as others, and
#   are not found by what they are called.
# Source: CSL 1.0.2 (non-dropping-particle is part of the name); RIS specification (AU: last name, first name; SP and EP); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @citation-js/core@0.8.2 @citation-js/plugin-ris@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > look.js <<'JS'
const assert = require("node:assert");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");
require("@citation-js/plugin-ris");

const AUTHORS = "van Dyke, Ann and de la Cruz, Juan and von Neumann, John";
const cite = new Cite(`@article{a, author = {${AUTHORS}}, title = {Ports}, journal = {Sea}, year = 2024, pages = {12--19}}`);
const lines = cite.format("ris").split("\n").map((line) => line.trim());
const tagged = (tag) => lines.filter((line) => line.startsWith(tag)).map((line) => line.slice(6));
const seen = { AU: tagged("AU"), SP: tagged("SP"), EP: tagged("EP") };
console.log(seen);
assert.ok(cite.format("bibtex").includes(AUTHORS), "BibTeX keeps them");
assert.deepEqual(seen.AU, ["Dyke, Ann", "Cruz, Juan", "Neumann, John"], "particles stay now");
assert.deepEqual([seen.SP, seen.EP], [["12-19"], []], "pages have two tags now");
JS
node look.js
