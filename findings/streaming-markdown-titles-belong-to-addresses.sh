#!/usr/bin/env bash
# streaming-markdown shows links with a title, [lease](lease.pdf "Lease of 2024"), with an address in angle brackets, [fees](<fees 2024.pdf>),
#   and with brackets in the address, as Wikipedia has them: [Java](https://a.example/Java_(island)).
# Expected: lease.pdf, fees 2024.pdf and Java_(island), as marked reads them: title and brackets are part of Markdown's links.
# Happens: the address of the first is lease.pdf "Lease of 2024", that of the second has its angle brackets, and the third ends before the
#   last bracket, which stands behind the link as text.
# Matters: the links of an answer lead to pages that do not exist; the same answer works where it is shown in whole.
# Source: CommonMark 0.31, 6.3 (link destination and link title); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node streaming-markdown@0.2.15 marked@18.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { marked } from "marked";
import * as smd from "streaming-markdown";

function show(text) {
    let words = "";
    const addresses = [];
    const parser = smd.parser({
        data: null,
        add_token: () => {},
        end_token: () => {},
        add_text: (_, more) => (words += more),
        set_attr: (_, kind, value) => addresses.push(value),
    });
    for (const letter of text) smd.parser_write(parser, letter);
    smd.parser_end(parser);
    return [words, ...addresses];
}
const TEXTS = ['[lease](lease.pdf "Lease of 2024")', "[fees](<fees 2024.pdf>)", "[Java](https://a.example/Java_(island))"];
const seen = TEXTS.map(show);
const right = TEXTS.map((text) => marked.lexer(text)[0].tokens[0].href);
console.log(seen, right);
assert.deepEqual(right, ["lease.pdf", "fees 2024.pdf", "https://a.example/Java_(island)"]);
assert.deepEqual(seen[0], ["lease", 'lease.pdf "Lease of 2024"'], "titles are no addresses now");
assert.deepEqual(seen[1], ["fees", "<fees 2024.pdf>"], "angle brackets are no addresses now");
assert.deepEqual(seen[2], ["Java)", "https://a.example/Java_(island"], "brackets belong to addresses now");
JS
node look.mjs
