#!/usr/bin/env bash
# @retorquere/bibtex-parser (npm), which reads for Better BibTeX of Zotero, reads titles with signs for less and greater: "Deaths at
#   p < 0.05", and a formula, "Cases $a<b$ and $c>d$".
# Expected: "p < 0.05", as citation-js keeps it; and since its texts have tags (<i>, <sub>), "&lt;" in
#   the second.
# Happens: "p ¡ 0.05": outside of formulas "<" is "¡" and ">" is "¿", which TeX's oldest fonts print there. In formulas they stay as they
#   are beside tags: "a<b and c>d" is a tag <b and c> to whatever shows the text.
# Matters: limits in titles and abstracts of medicine, as the services for DOIs hand them out, have a sign that no search finds; of
#   formulas a part is missing.
# Source: HTML Standard, 13.2.5.6 (a tag begins with a letter right behind "<"); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node @retorquere/bibtex-parser@9.0.29 @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parse } from "@retorquere/bibtex-parser";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";

const entry = (text) => `@article{a, title = {Deaths}, note = {${text}}, year = 2024}`;
const read = (text) => parse(entry(text)).entries[0].fields.note;
const texts = ["Deaths at p < 0.05 and r > 1", "Cases $a<b$ and $c>d$ in \\emph{Homo}"];
const seen = texts.map(read);
const other = new Cite(entry(texts[0])).data[0].note;
console.log(seen, other);
assert.equal(other, texts[0]);
assert.deepEqual(seen, ["Deaths at p ¡ 0.05 and r ¿ 1", "Cases a<b and c>d in <i>Homo</i>"], "the signs stay now");
JS
node look.mjs
