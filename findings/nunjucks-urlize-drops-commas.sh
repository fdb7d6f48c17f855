#!/usr/bin/env bash
# Nunjucks makes links of the addresses in a text (urlize): "see http://example.org/a, or not", "(http://example.org)".
# Expected: comma, full stop and brackets stay in the text, outside of the link, as with Jinja's filter of the same name.
# Happens: they are gone: a sentence loses its comma and its full stop, a remark its brackets. A semicolon or colon stays, inside of the link.
# Matters: comments and mails are shown with other words' ends than were written; sentences run together, and links with a colon lead nowhere.
# Source: Nunjucks' documentation of urlize (turns URLs into links) and Jinja's, from which it is taken over; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node nunjucks@3.2.4
with_python Jinja2==3.1.6
cat > look.mjs <<'JS'
import assert from "node:assert";
import nunjucks from "nunjucks";

nunjucks.configure({ autoescape: false });
const bare = (text) => nunjucks.renderString("{{ text | urlize }}", { text }).replace(/<[^>]*>/g, "");
const TEXTS = ["one, two. Three", "see http://example.org/a, or not", "see www.example.org. Then go", "a (http://example.org) b", "by http://example.org: b"];
const seen = TEXTS.map(bare);
console.log(seen);
assert.equal(seen[0], TEXTS[0]);
assert.equal(seen[4], TEXTS[4]);
assert.deepEqual(seen.slice(1, 4), ["see http://example.org/a or not", "see www.example.org Then go", "a http://example.org b"], "the signs stay now");
JS
node look.mjs
python - <<'PY'
import re

import jinja2

text = "see http://example.org/a, or (http://example.org) or www.example.org. Then go"
bare = re.sub("<[^>]*>", "", jinja2.Environment().from_string("{{ text | urlize }}").render(text=text))
print("Jinja:", bare)
assert bare == text
PY
