#!/usr/bin/env bash
# downdoc (npm), of the makers of Asciidoctor, turns a table of AsciiDoc into Markdown; one cell has a bar, which AsciiDoc writes
#   as \|.
# Expected: a row of three cells, "a | b", "or" and 3 (with the bar escaped), and then "c", "and" and 4, as Asciidoctor has them.
# Happens: the backslash stays and the cell is cut in two: "a \", "b", "or" is one row, 3, "c", "and" the next, and 4 is lost: all
#   cells behind the bar move by one place.
# Matters: figures stand in other rows and below other headings; documents that show commands and types have such cells.
# Source: Asciidoctor's documentation of tables (a bar in a cell is escaped with a backslash); Asciidoctor.js, run below; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node downdoc@1.1.0-stable @asciidoctor/core@3.0.4
cat > look.mjs <<'JS'
import assert from "node:assert";
import asciidoctor from "@asciidoctor/core";
import downdoc from "downdoc";

const table = (cell) => `|===\n|Sign |Meaning |Level\n\n|${cell} |or |3\n|c |and |4\n|===\n`;
const html = asciidoctor().convert(table("a \\| b"));
const cells = [...html.matchAll(/<p class="tableblock">(.*?)<\/p>/g)].map(([, text]) => text);
console.log("Asciidoctor:", cells);
assert.deepEqual(cells, ["a | b", "or", "3", "c", "and", "4"]);
const rows = (cell) => downdoc(table(cell)).trim().split("\n").slice(2);
assert.deepEqual(rows("a"), ["| a | or | 3 |", "| c | and | 4 |"]);
const seen = rows("a \\| b");
console.log("downdoc:", seen);
assert.deepEqual(seen, ["| a \\ | b | or |", "| 3 | c | and |"], "cells keep their places now");
JS
node look.mjs
