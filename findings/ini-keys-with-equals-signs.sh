#!/usr/bin/env bash
# ini (npm), with which npm keeps its settings, writes keys that have an equals sign, an address with a query and "a=b", and reads
#   them again.
# Expected: the same object: the package sets such a key in quotation marks when it writes.
# Happens: the key ends at its first equals sign, with the mark in front: {"\"https://example.org/?q": "1\"=on"}. Values with the
#   sign, and keys with a semicolon, come back as they were.
# Matters: lists of addresses, formulas or base64 (which ends in =) as keys are others after one save, and again at each save.
# Source: the package's README (stringify and parse), and what it does with the same sign in values; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node ini@6.0.0
cat > look.cjs <<'JS'
const assert = require("node:assert");
const { parse, stringify } = require("ini");

const again = (object) => {
  const text = stringify(object);
  const read = JSON.stringify(parse(text));
  console.log(JSON.stringify(object), JSON.stringify(text), read);
  return read;
};
assert.equal(again({ sum: "a=b" }), '{"sum":"a=b"}');
assert.equal(again({ "a;b": "on" }), '{"a;b":"on"}');
const text = "equals signs in keys come back now";
assert.equal(again({ "https://example.org/?q=1": "on" }), String.raw`{"\"https://example.org/?q":"1\"=on"}`, text);
assert.equal(again({ keys: { "YQ==": "anna" } }), String.raw`{"keys":{"\"YQ":"=\"=anna"}}`, text);
JS
node look.cjs
