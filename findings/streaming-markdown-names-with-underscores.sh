#!/usr/bin/env bash
# streaming-markdown shows an answer as it comes; a name in it has underscores: max_open_files.
# Expected: the name: between letters an underscore marks nothing, as in CommonMark; marked and markdown-it show it so.
# Happens: "open" is in italics and the underscores are gone: "maxopenfiles".
# Matters: names of settings, columns, files and functions are shown as other names, and are copied so.
# Source: CommonMark 0.31, 6.2 (rule 2: "_" within a word opens nothing); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node streaming-markdown@0.2.15 marked@18.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { marked } from "marked";
import * as smd from "streaming-markdown";

function pieces(text) {
    const kinds = ["document"];
    const seen = [];
    const parser = smd.parser({
        data: null,
        add_token: (_, kind) => kinds.push(smd.token_to_string(kind)),
        end_token: () => kinds.pop(),
        add_text: (_, words) => seen.push([kinds.at(-1), words]),
        set_attr: () => {},
    });
    for (const letter of text) smd.parser_write(parser, letter);
    smd.parser_end(parser);
    return seen;
}
const seen = pieces("set max_open_files to 5");
console.log(JSON.stringify(seen), marked.parse("set max_open_files to 5"));
assert.equal(marked.parse("set max_open_files to 5"), "<p>set max_open_files to 5</p>\n");
assert.equal(seen.map(([, words]) => words).join(""), "set maxopenfiles to 5", "underscores stay now");
JS
node look.mjs
