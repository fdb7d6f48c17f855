#!/usr/bin/env bash
# Two readers of BibTeX for JavaScript, bibtex and bibtex-parse-js, read what the programs for references write: "month = mar", and an
#   abbreviation for a journal (@string).
# Expected: both are read: the twelve months are abbreviations that BibTeX knows by itself, and @string is one of its four commands.
# Happens: bibtex refuses all entries for the month ("Unresolved reference"), and for a @comment; bibtex-parse-js ends with a
#   TypeError at the first @string. citation-js reads all.
# Matters: JabRef and Better BibTeX for Zotero write months so; one such entry refuses a list of a thousand.
# Source: BibTeX's manual (btxdoc, 2 and 3.1: abbreviations, months, @string and @comment); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node bibtex@0.9.0 bibtex-parse-js@0.0.24 @citation-js/core@0.8.2 @citation-js/plugin-bibtex@0.8.2
cat > look.js <<'JS'
const assert = require("node:assert");
const { parseBibFile } = require("bibtex");
const { toJSON } = require("bibtex-parse-js");
const { Cite } = require("@citation-js/core");
require("@citation-js/plugin-bibtex");

const tried = (read) => {
    try {
        return read();
    } catch (error) {
        return error.message;
    }
};
const entry = (fields) => `@article{a, title = {Ports}, year = 2024, ${fields}}\n`;
const plain = entry('month = "mar"');
const month = entry("month = mar");
const string = `@string{sea = "Journal of the Sea"}\n${entry("journal = sea")}`;
const first = (text) => tried(() => parseBibFile(text).getEntry("a").getFieldAsString("title"));
const second = (text) => tried(() => toJSON(text)[0].entryTags.title);
const third = (text) => tried(() => new Cite(text).data[0].title);
const all = [plain, month, string, `@comment{old}\n${plain}`];
const seen = [first, second, third].map((read) => all.map(read));
console.log(seen);
assert.deepEqual(seen[2], ["Ports", "Ports", "Ports", "Ports"]);
assert.equal(seen[0][0], "Ports");
assert.match(seen[0][1], /^Unresolved reference: "mar"/, "months are known now");
assert.equal(seen[0][2], "Ports");
assert.equal(seen[0][3], "Unexpected entry parsed: comment", "comments are known now");
assert.deepEqual(seen[1].slice(0, 2), ["Ports", "Ports"]);
assert.equal(seen[1][2], "this.string is not a function", "@string is known now");
JS
node look.js
