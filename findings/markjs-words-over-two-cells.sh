#!/usr/bin/env bash
# mark.js marks the words of a hit in a page, over elements (acrossElements): "north pier" in two paragraphs, and the number 56
#   in a table with the cells 5 and 6.
# Expected: "the north" and "pier is closed" are words side by side, as they are read; 56 is nowhere in the table.
# Happens: the other way round: the texts of the elements are joined without anything between them, so "north pier" is not found
#   and "northpier" is; and the cells 5 and 6 are marked as 56.
# Matters: the mark that is to prove a citation stands on figures that are not the cited one, and is missing where a sentence goes
#   over a line or a cell.
# Source: mark.js' documentation of acrossElements (search for matches across elements); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node mark.js@8.11.1 jsdom@26.1.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { JSDOM } from "jsdom";

const PAGE = "<p>the north</p><p>pier is closed</p><table><tr><td>5</td><td>6</td></tr></table><p>in <b>north</b> pier</p>";
const { window } = new JSDOM(PAGE);
const { document, NodeFilter, Node, NodeList } = window;
Object.assign(globalThis, { window, document, NodeFilter, Node, NodeList });
const { default: Mark } = await import("mark.js");
const marked = (text) =>
    new Promise((done) => {
        document.body.innerHTML = PAGE;
        const all = () => done([...document.querySelectorAll("mark")].map((mark) => mark.textContent));
        new Mark(document.body).mark(text, { acrossElements: true, separateWordSearch: false, done: all });
    });
const seen = { "north pier": await marked("north pier"), northpier: await marked("northpier"), 56: await marked("56") };
console.log(JSON.stringify(seen));
assert.deepEqual(seen["north pier"], ["north", " pier"], "paragraphs are apart now");
assert.deepEqual(seen.northpier, ["north", "pier"], "paragraphs are apart now");
assert.deepEqual(seen["56"].join(""), "56", "cells are apart now");
JS
node look.mjs
