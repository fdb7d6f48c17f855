#!/usr/bin/env bash
# marcjs (npm) reads records of a library's catalogue in MARCXML, in which the elements have the prefix "marc:".
# Expected: the record: a prefix is a short name for the namespace and means the same as no prefix; pymarc reads both.
# Happens: a stream of no records, and with Marc.parse an empty record with an empty leader, without an error. Without the prefix all is
#   read.
# Matters: many catalogues answer with the prefix, as the examples of the Library of Congress do: imports end well, with nothing in
#   them.
# Source: Namespaces in XML 1.0, 3 and 4 (the prefix stands for the namespace's name); MARC 21 XML schema; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node marcjs@3.0.2
with_python pymarc==5.4.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { readFileSync, createReadStream, writeFileSync } from "node:fs";
import marcjs from "marcjs";

const NAMESPACE = "http://www.loc.gov/MARC21/slim";
const made = (mark, xmlns) => `<${mark}collection ${xmlns}="${NAMESPACE}"><${mark}record>`
    + `<${mark}leader>00000nam a2200000 a 4500</${mark}leader><${mark}controlfield tag="001">1</${mark}controlfield>`
    + `<${mark}datafield tag="245" ind1="1" ind2="0"><${mark}subfield code="a">Ports</${mark}subfield></${mark}datafield>`
    + `</${mark}record></${mark}collection>`;
writeFileSync("plain.xml", made("", "xmlns"));
writeFileSync("prefix.xml", made("marc:", "xmlns:marc"));
const { Marc } = marcjs;
const seen = {};
for (const name of ["plain", "prefix"]) {
    const records = [];
    const parser = createReadStream(`${name}.xml`).pipe(Marc.createStream("Marcxml", "Parser"));
    parser.on("data", (record) => records.push(record.fields));
    const { fields, leader } = Marc.parse(readFileSync(`${name}.xml`, "utf8"), "marcxml");
    await new Promise((over) => setTimeout(over, 300));
    seen[name] = { records, fields, leader: leader.trim() };
}
console.log(JSON.stringify(seen));
const fields = [["001", "1"], ["245", "10", "a", "Ports"]];
assert.deepEqual(seen.plain, { records: [fields], fields, leader: "00000nam a2200000 a 4500" });
assert.deepEqual(seen.prefix, { records: [], fields: [], leader: "" }, "records with a prefix are read now");
JS
node look.mjs
cat > look.py <<'PY'
from pymarc import parse_xml_to_array

seen = [[record.title for record in parse_xml_to_array(name)] for name in ("plain.xml", "prefix.xml")]
print("pymarc", seen)
assert seen == [["Ports"], ["Ports"]], seen
PY
python look.py
