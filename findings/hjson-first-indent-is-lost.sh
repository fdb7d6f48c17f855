#!/usr/bin/env bash
# hjson, of PyPI and of npm, writes texts that have a tab and reads them again: "\tRent\t950", a row whose first cell is empty,
#   and "  a\tb", which begins with two blanks.
# Expected: the same texts: what a library writes of a text it should read as that text.
# Happens: "Rent\t950" and "a\tb": a text with a tab is written between three quotation marks, and what is blank behind the first
#   three is dropped on reading. Without a tab, blanks at the beginning come back; so does a tab in texts of two lines.
# Matters: rows of tables lose their empty first cell, so that all cells move; lines of code and Makefiles lose their indent.
# Source: both READMEs (dumps and loads, stringify and parse, as of JSON); texts of two lines, which are kept; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python hjson==3.1.0
with_node hjson@3.2.2
cat > look.py <<'PY'
import hjson

texts = ["  Rent", "\tRent\n\t950", "Rent\t950", "\tRent\t950", "  a\tb"]
print(repr(hjson.dumps({"row": texts[3]})))
seen = [hjson.loads(hjson.dumps({"row": text}))["row"] for text in texts]
print(seen)
assert seen[:3] == texts[:3]
assert seen[3:] == ["Rent\t950", "a\tb"], "blanks at the beginning are kept now"
PY
python look.py
cat > look.cjs <<'JS'
const assert = require("node:assert");
const hjson = require("hjson");

const texts = ["  Rent", "\tRent\n\t950", "Rent\t950", "\tRent\t950", "  a\tb"];
const seen = texts.map((row) => hjson.parse(hjson.stringify({ row })).row);
console.log(JSON.stringify(seen));
assert.deepEqual(seen.slice(0, 3), texts.slice(0, 3));
assert.deepEqual(seen.slice(3), ["Rent\t950", "a\tb"], "blanks at the beginning are kept now");
JS
node look.cjs
