#!/usr/bin/env bash
# mri, and cac and sade which stand on it (npm), read a command's options: --note "", and --note " ".
# Expected: an empty text, as minimist gives it, to which mri is meant as a substitute; figures are made numbers, and these have none.
# Happens: the number 0 (sade: true, for the empty one): JavaScript reads nothing and blanks as 0.
# Matters: scripts that pass a variable which is empty (--limit "$LIMIT", --since "") set zero: no results, or everything since 1970;
#   a check for an empty value never sees one.
# Source: mri's README (a lightweight alternative to minimist; options.string for what has to stay text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node mri@1.2.0 cac@7.1.0 sade@1.8.1 minimist@1.2.8
cat > look.mjs <<'JS'
import assert from "node:assert";
import { cac } from "cac";
import minimist from "minimist";
import mri from "mri";
import sade from "sade";

const withCac = (text) => {
    const program = cac("look");
    program.option("--note <text>", "a note");
    return program.parse(["node", "look", "--note", text], { run: false }).options.note;
};
const withSade = (text) => {
    let note;
    const program = sade("look", true).option("-n, --note", "a note").action((options) => (note = options.note));
    program.parse(["node", "look", "--note", text]);
    return note;
};
const read = (text) => [mri(["--note", text]).note, withCac(text), withSade(text), minimist(["--note", text]).note];
console.log("mri, cac, sade, minimist:", read("none"), read(""), read(" "));
assert.deepEqual(read("none"), ["none", "none", "none", "none"]);
assert.deepEqual(read(""), [0, 0, true, ""], "an empty text stays one now");
assert.deepEqual(read(" "), [0, 0, 0, " "], "a blank stays one now");
JS
node look.mjs
