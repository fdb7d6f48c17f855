#!/usr/bin/env bash
# vcards-js (npm) writes a card with links in which a comma stands: a place on a map, "https://maps.example/@52.5,13.4".
# Expected: the links as they are: a URL is no text, and nothing in it is escaped.
# Happens: a backslash before each comma: "https://maps.example/@52.5\,13.4". vcf gives the link with the backslash, as the format has
#   it; vobject drops it, as it does in texts. Names and notes are escaped as well, where that is right.
# Matters: links to places, searches and pictures of a content network have commas; with some
#   readers such a link leads nowhere.
# Source: RFC 6350, 3.4 and 4.2 (escapes belong to TEXT values; URI values have none), and 6.7.8 (URL is a URI); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node vcards-js@2.11.1 vcf@2.1.2
with_python vobject==0.9.9
cat > look.mjs <<'JS'
import assert from "node:assert";
import { writeFileSync } from "node:fs";
import vcardsJs from "vcards-js";
import Vcf from "vcf";

const card = vcardsJs();
card.firstName = "Anna";
card.lastName = "Miller";
card.version = "4.0";
card.url = "https://maps.example/@52.5,13.4";
const made = card.getFormattedString();
writeFileSync("made.vcf", made);
const lines = made.split("\r\n").filter((line) => line.startsWith("URL"));
const other = new Vcf().parse(made).get("url").valueOf();
console.log(lines, other);
assert.deepEqual(lines, ["URL:https://maps.example/@52.5\\,13.4"], "links stay as they are now");
assert.equal(other, "https://maps.example/@52.5\\,13.4");
JS
node look.mjs
cat > look.py <<'PY'
import vobject

with open("made.vcf", encoding="utf-8", newline="") as file:
    read = vobject.readOne(file.read()).url.value
print("vobject", read)
assert read == "https://maps.example/@52.5,13.4", read
PY
python look.py
