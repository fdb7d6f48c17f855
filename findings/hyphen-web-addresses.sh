#!/usr/bin/env bash
# hyphen (npm) puts soft hyphens into a text in which a web address, a mail address and the name of a file stand.
# Expected: words only: an address that gets other signs is another address, and names hold no soft hyphens. Tags are let alone by
#   hyphenateHTML, so such cases are thought of.
# Happens: all are hyphenated: https://exam|ple.com/doc|u|men|ta|tion, with a soft hyphen at each bar; the text looks the same.
# Matters: who copies the address or the name from the page gets the soft hyphens with it: the page is not found, nor is the file, and
#   nothing can be seen. Links that are made after it are wrong.
# Source: RFC 3986 (U+00AD is no sign of an address); Unicode, 23.2 (soft hyphen); hyphen's README (text and HTML); what was seen
#   by this script.
. "$(dirname "$0")/lib.sh"
with_node hyphen@1.14.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import hyphen from "hyphen/en/index.js";

const text = "See https://example.com/documentation, ask information@example.com, open documentation.pdf";
const seen = hyphen.hyphenateSync(text);
console.log(seen.replaceAll("\u00ad", "|"));
for (const whole of ["https://example.com/documentation", "information@example.com", "documentation.pdf"]) {
  assert(!seen.includes(whole), `${whole} is let alone now`);
}
assert.equal(seen.replaceAll("\u00ad", ""), text);
JS
node look.mjs
