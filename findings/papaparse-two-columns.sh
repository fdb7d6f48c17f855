#!/usr/bin/env bash
# Papa Parse guesses the separator of a short file of two columns.
# Expected: a line end after the last record changes nothing: CSV may have it or not, and most programs write it.
# Happens: with it, ";", tab and "|" are not recognised in fewer than ten records: what follows the last line end is taken
#   for a record of one field, which pulls the mean below two. The file is cut at its commas instead, here the
#   decimal ones. skipEmptyLines, or the same file with a third column or without the line end, is read well.
# Matters: a short price list is read as one column, or its amounts are cut in two; only errors[] holds a note of it.
# Source: RFC 4180, 2.2 (the last record may or may not have a line break); Papa Parse's documentation of delimiter (left
#   blank: detected); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node papaparse@5.7.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import Papa from "papaparse";

const prices = "item;price\ncable;4,50\nplug;1,25\nlamp;19,90";
const look = (name, text, settings = {}) => {
    const { meta, data, errors } = Papa.parse(text, settings);
    console.log(name.padEnd(16), JSON.stringify(meta.delimiter), JSON.stringify(data[1]), errors.map((error) => error.code));
    return data[1];
};
const many = prices + "\nfuse;0,80".repeat(6);
assert.deepEqual(look("no line end", prices), ["cable", "4,50"]);
assert.deepEqual(look("skipEmptyLines", prices + "\n", { skipEmptyLines: true }), ["cable", "4,50"]);
assert.deepEqual(look("ten records", many + "\n"), ["cable", "4,50"]);
assert.deepEqual(look("three columns", prices.replaceAll("\n", ";x\n") + ";x\n"), ["cable", "4,50", "x"]);
assert.deepEqual(look("line end", prices + "\n"), ["cable;4", "50"], "the semicolon is recognised now");
assert.deepEqual(look("tabs", prices.replaceAll(";", "\t") + "\n"), ["cable\t4", "50"], "the tab is recognised now");
JS
node look.mjs
