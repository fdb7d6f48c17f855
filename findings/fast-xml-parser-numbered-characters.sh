#!/usr/bin/env bash
# fast-xml-parser reads characters that are written by their numbers: M&#252;ller, &#x20AC; 5.
# Expected: Müller and € 5: such references belong to XML itself, as &amp; does, and need no declaration.
# Happens: they stay as they are, while &amp; and &lt; are read; processEntities is on. Only htmlEntities: true, which is said
#   to be for HTML, reads them.
# Matters: programs that write plain ASCII write every umlaut and every € so; names are not found, and "&#252;" is shown to
#   people.
# Source: XML 1.0, 4.1 and 4.4 (character references are included); fast-xml-parser's documentation of processEntities and
#   htmlEntities; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node fast-xml-parser@5.12.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { XMLParser } from "fast-xml-parser";

const TEXT = "<name>M&#252;ller &amp; Co, &#x20AC; 5</name>";
const [plain, html] = [{ processEntities: true }, { htmlEntities: true }].map((it) => new XMLParser(it).parse(TEXT).name);
console.log(JSON.stringify({ plain, html }));
assert.equal(html, "Müller & Co, € 5");
assert.equal(plain, "M&#252;ller & Co, &#x20AC; 5", "character references are read now");
JS
node look.mjs
