#!/usr/bin/env bash
# officeparser (npm) reads RTF in which Word wrote the dashes and bullets by name: \endash, \emdash, \bullet.
# Expected: the signs, as quotation marks, which are written the same way (\ldblquote), come out.
# Happens: they are dropped: "pages 5-10" with a dash between the numbers is "pages 510", and 1990 to 1995 is "19901995".
# Matters: two numbers become one that looks right: of pages, years, paragraphs and prices.
# Source: Rich Text Format specification 1.9.1, Special Characters; striprtf and pandoc give the dashes; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node officeparser@7.8.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import officeParser from "officeparser";

const words = "\\ldblquote Pages\\rdblquote  5\\endash 10, 1990\\emdash 1995, \\bullet one\\bullet two\\par";
fs.writeFileSync("pages.rtf", `{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\\f0 ${words}}`);
const text = (await officeParser.parseOffice("pages.rtf")).toText();
console.log(text);
assert.equal(text, "“Pages” 510, 19901995, onetwo", "dashes and bullets are kept now");
JS
node look.mjs
