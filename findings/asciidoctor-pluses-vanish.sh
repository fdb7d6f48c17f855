#!/usr/bin/env bash
# Asciidoctor.js reads a sentence with two names that end in two pluses: "C++ and Notepad++", "i++ and j++".
# Expected: the names, as with one of them: "C++ is a language" is kept.
# Happens: "C and Notepad", "i and j": from the first pair to the second all counts as text that is passed through as it is,
#   and the pairs go.
# Matters: of two languages one sees others, C for C++; a search for C++ does not find the page. It depends on what else
#   stands in the paragraph.
# Source: AsciiDoc's documentation (inline passthroughs); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @asciidoctor/core@4.1.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import * as asciidoctor from "@asciidoctor/core";

const text = async (source) => String(await asciidoctor.convert(source, {})).replace(/<[^>]*>|\n/g, "").replaceAll("&#43;", "+");
const seen = [await text("C++ is a language."), await text("C++ and Notepad++ are old."), await text("Count i++ and j++.")];
console.log(seen);
assert.equal(seen[0], "C++ is a language.");
assert.deepEqual(seen.slice(1), ["C and Notepad are old.", "Count i and j."], "pluses are kept now");
JS
node look.mjs
