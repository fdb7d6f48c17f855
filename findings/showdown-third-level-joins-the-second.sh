#!/usr/bin/env bash
# showdown shows a list of three levels, each indented by two blanks more, with GitHub's flavour (setFlavor("github")); marked
#   shows it as well.
# Expected: three levels, as on GitHub: the flavour takes lists with two blanks for inner ones.
# Happens: two: the third level's items become items of the second. With four blanks for each level there are three.
# Matters: what belongs to which step is lost; models and most editors indent by two.
# Source: GitHub Flavored Markdown 0.29, 5.2 (list items: indentation by the width of the marker); showdown's README
#   (disableForced4SpacesIndentedSublists); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node showdown@2.1.0 marked@18.2.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { marked } from "marked";
import showdown from "showdown";

const converter = new showdown.Converter();
converter.setFlavor("github");
const depth = (html) => Math.max(...[...html].map((_, at) => html.slice(0, at).split("<ul>").length - html.slice(0, at).split("</ul>").length));
const list = "- Pier\n  - North\n    - Berth 4\n    - Berth 5";
const seen = [list, list.replace(/ {2}/g, "    ")].map((text) => [depth(converter.makeHtml(text)), depth(marked(text))]);
console.log(converter.makeHtml(list), seen);
assert.deepEqual(seen, [[2, 3], [3, 3]], "levels are kept now");
JS
node look.mjs
