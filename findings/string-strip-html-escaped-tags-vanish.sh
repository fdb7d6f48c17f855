#!/usr/bin/env bash
# string-strip-html (npm) takes the tags out of a page that speaks of tags, as manuals do: "Put &lt;td&gt; around each of
#   them."
# Expected: "Put <td> around each of them.": an escaped sign is text, which is what escapes are for.
# Happens: "Put around each of them.": escapes are undone first, as often as they go, and then all that looks like a tag is
#   taken out; With skipHtmlDecoding the escapes stay in the text.
# Matters: neither way gives what one reads in the page; names of elements and comparisons are missing from texts on them.
# Source: HTML's standard, 13.1.4 (character references are text); the package's list of options (skipHtmlDecoding); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node string-strip-html@13.7.6
cat > look.mjs <<'JS'
import assert from "node:assert";
import { stripHtml } from "string-strip-html";

const page = "<p>Put &lt;td&gt; around &amp; &lt;tr&gt; before each.</p>";
const seen = [stripHtml(page).result, stripHtml(page, { skipHtmlDecoding: true }).result];
console.log(seen);
assert.equal(seen[0].replace(/ +/g, " "), "Put around & before each.", "escaped tags are kept now");
assert.ok(seen[1].includes("&lt;td&gt;"), "escapes are undone now");
JS
node look.mjs
