#!/usr/bin/env bash
# biblatex-csl-converter (npm) turns an article in a journal, volume 3, number 4, into CSL-JSON, the form that Zotero, Pandoc and the
#   styles for citations read.
# Expected: an article of a journal ("article-journal"), volume 3, issue 4, as citation-js makes it.
# Happens: the type is "article", which in CSL is a preprint, and the 4 is the number of a series of books ("collection-number"); there is
#   no issue.
# Matters: "Sea 3(4)" is cited as "Sea 3" or as a manuscript; for journals that count their pages anew in each issue the place cannot be
#   found any more.
# Source: CSL 1.0.2, appendix III and IV (article: a preprint; issue: of a journal; collection-number: of a series); biblatex's manual,
#   2.2.2 (number: of a journal, or of a book in a series); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node biblatex-csl-converter@3.6.0 @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import { CSLExporter, parse } from "biblatex-csl-converter";
import { Cite } from "@citation-js/core";
import "@citation-js/plugin-bibtex";

const entry = "@article{a, author = {Miller, Ann}, title = {Ports}, journaltitle = {Sea}, volume = {3}, number = {4}, date = {2024}}";
const part = (item) => ["type", "volume", "issue", "collection-number"].map((name) => item[name]);
const seen = part(new CSLExporter(parse(entry).entries, false, {}).parse()[1]);
const other = part(new Cite(entry).data[0]);
console.log(seen, other);
assert.deepEqual(other, ["article-journal", "3", "4", undefined]);
assert.deepEqual(seen, ["article", "3", undefined, "4"], "issues are issues now");
JS
node look.mjs
