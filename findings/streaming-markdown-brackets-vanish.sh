#!/usr/bin/env bash
# streaming-markdown shows an answer with citations in brackets, "due on 5 March [1] [2, p. 3].", and one with code outside a code
#   block, "sum += rows[i]".
# Expected: the brackets stay: a bracket without an address behind it, and without a definition, is text in CommonMark; marked shows it so.
# Happens: "5 March 1 2, p. 3." and "rowsi": what stands in brackets becomes a link without an address, and the brackets are gone.
# Matters: citations look like numbers of the sentence, and a click on them does nothing; indexes and placeholders such as [name] are
#   shown as other words.
# Source: CommonMark 0.31, 6.3 (links; a bracket that is no link is text); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node streaming-markdown@0.2.15 marked@18.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { marked } from "marked";
import * as smd from "streaming-markdown";

function show(text) {
    let words = "";
    const kinds = [];
    const parser = smd.parser({
        data: null,
        add_token: (_, kind) => kinds.push(smd.token_to_string(kind)),
        end_token: () => {},
        add_text: (_, more) => (words += more),
        set_attr: (_, kind, value) => kinds.push(`${smd.attr_to_html_attr(kind)}=${value}`),
    });
    for (const letter of text) smd.parser_write(parser, letter);
    smd.parser_end(parser);
    return [words, kinds.join(" ")];
}
const TEXTS = ["Due on 5 March [1] [2, p. 3].", "sum += rows[i]", "see [the list](a.html)"];
const seen = TEXTS.map(show);
console.log(seen);
assert.deepEqual(TEXTS.slice(0, 2).map((text) => marked.parse(text).trim()), TEXTS.slice(0, 2).map((text) => `<p>${text}</p>`));
assert.deepEqual(seen[2], ["see the list", "Paragraph Link href=a.html"]);
assert.deepEqual(seen[0], ["Due on 5 March 1 2, p. 3.", "Paragraph Link Link"], "citations keep their brackets now");
assert.deepEqual(seen[1], ["sum += rowsi", "Paragraph Link"], "indexes keep their brackets now");
JS
node look.mjs
