#!/usr/bin/env bash
# htmldiff-js compares two versions of a page in which the address of a link has changed, and its words have not.
# Expected: a mark of some kind: a picture with another file name is marked as changed, and so are words that become bold.
# Happens: the second version comes back without any mark, as if nothing had changed. So with a cell that spans two columns now.
# Matters: people who approve a new version of a contract or a help page by its marks do not see that links lead elsewhere; the comparison
#   says that there is no change.
# Source: htmldiff-js' README (compares two blocks of HTML, ins and del around code that is new or changed); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node htmldiff-js@1.0.5
cat > look.mjs <<'JS'
import assert from "node:assert";
import module from "htmldiff-js";

const diff = (before, after) => (module.default ?? module).execute(before, after);
const marked = [diff('<p>see <img src="a.png"></p>', '<p>see <img src="b.png"></p>'), diff("<p>see here</p>", "<p>see <b>here</b></p>")];
const silent = [
    diff('<p>pay <a href="https://a.example">here</a></p>', '<p>pay <a href="https://b.example">here</a></p>'),
    diff("<td>5</td><td>6</td>", '<td colspan="2">5</td><td>6</td>'),
];
console.log(marked, silent);
for (const page of marked) assert(page.includes("<ins"));
assert.equal(silent[0], '<p>pay <a href="https://b.example">here</a></p>', "the link is marked now");
assert.equal(silent[1], '<td colspan="2">5</td><td>6</td>', "the cell is marked now");
JS
node look.mjs
