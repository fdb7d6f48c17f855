#!/usr/bin/env bash
# docxtemplater fills a letter: {#rows}{name}: {price}; {/rows}, from rows of which one has the price null; the letter has a price
#   too, its total.
# Expected: nothing, or "undefined", as for a price that is null where no other is: the row has a price, and it is none.
# Happens: the row shows the price of the letter. In a list of values, [{.}] for 1, null and 2, the place of null shows the whole
#   of the data as "[object Object]".
# Matters: a row without a price is sold for the total, in an offer that looks complete; databases give null for what is missing.
# Source: docxtemplater's documentation of loops (a tag is looked for outside when it is not in the loop's own scope); its
#   scope-manager.js, which goes outside for null as well; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node docxtemplater@3.71.0 pizzip@3.3.0
with_docx_writer
python3 -c '
import docx_file as word
word.write_docx("rows.docx", word.run("{#rows}{name}: {price}; {/rows}"))
word.write_docx("list.docx", word.run("{#list}[{.}]{/list}"))'
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const Template = require("docxtemplater");
const PizZip = require("pizzip");

function fill(path, data) {
  const letter = new Template(new PizZip(readFileSync(path)));
  return letter.render(data).getFullText();
}

const rows = [{ name: "Oak", price: 5 }, { name: "Elm", price: null }, { name: "Ash", price: 0 }];
const seen = [fill("rows.docx", { price: 900, rows }), fill("rows.docx", { rows }), fill("list.docx", { list: [1, null, 2] })];
console.log(seen);
assert.equal(seen[0], "Oak: 5; Elm: 900; Ash: 0; ", "null stays in its row now");
assert.equal(seen[1], "Oak: 5; Elm: undefined; Ash: 0; ");
assert.equal(seen[2], "[1][[object Object]][2]");
JS
node look.cjs
