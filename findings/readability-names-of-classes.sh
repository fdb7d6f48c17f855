#!/usr/bin/env bash
# readability-lxml, Mozilla's Readability and trafilatura take the article out of a page: three blocks of long sentences, the
#   middle one with a class that names its subject.
# Expected: all three blocks: they are alike, and stand side by side in the article.
# Happens: the middle one is gone if its class holds a word that is used for navigation and advertising, if only as a part of
#   another: "football-report" ("foot") in readability-lxml, "social-security" and "extra-costs" in Readability,
#   "shareholder-report" ("share") in trafilatura.
# Matters: the section on just that subject is missing from the text of the page, and nothing looks cut.
# Source: HTML Standard, 3.2.6 (authors may name classes as they like, after the content); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @mozilla/readability@0.6.0 linkedom@0.18.15
with_python pip==26.1 # the pip of Python 3.11 fails at lxml[html_clean]
with_python readability-lxml==0.9 lxml_html_clean==0.4.6 trafilatura==2.3.1
cat > look.py <<'PY'
import json

import trafilatura
from readability import Document

SENTENCE = "The town paid for the hall, the road and the harbour, as the council says, with fees, loans and gifts. "
CLASSES = ["story", "football-report", "shareholder-report", "social-security", "extra-costs"]
PAGES = {
    name: "<html><head><title>News</title></head><body><div id='main'><h1>News</h1>"
    f"<div class='a'><p>{SENTENCE * 4}</p></div>"
    f"<div class='{name}'><p>Middle. {SENTENCE * 3}</p></div><div class='b'><p>{SENTENCE * 4}</p></div></div></body></html>"
    for name in CLASSES
}
with open("pages.json", "w") as file:
    json.dump(PAGES, file)
seen = {
    name: ("Middle" in Document(page).summary(), "Middle" in trafilatura.extract(page, deduplicate=False))
    for name, page in PAGES.items()
}
print("readability-lxml, trafilatura:", seen)
assert seen["story"] == (True, True)
assert not seen["football-report"][0], "readability-lxml keeps it now"
assert not seen["shareholder-report"][1], "trafilatura keeps it now"
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";

const seen = {};
for (const [name, page] of Object.entries(JSON.parse(fs.readFileSync("pages.json", "utf8"))))
    seen[name] = new Readability(parseHTML(page).document).parse().textContent.includes("Middle");
console.log("Readability:", JSON.stringify(seen));
assert.equal(seen.story, true);
assert.deepEqual([seen["social-security"], seen["extra-costs"]], [false, false], "Readability keeps them now");
JS
python look.py
node look.mjs
