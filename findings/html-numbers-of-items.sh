#!/usr/bin/env bash
# turndown, html-to-text, html2text, markdownify and pandoc turn a list into Markdown or text whose items give their own
#   numbers (<li value="4">), as laws, quoted clauses and lists in parts have them; inscriptis one that goes on (<ol
#   start="4">).
# Expected: 4 and 7, as browsers show them: for start all but inscriptis have it, and inscriptis has it for value.
# Happens: 1 and 2.
# Matters: who asks for clause 4 is given what the page calls otherwise, and citations name numbers that are not there.
# Source: HTML Standard, 4.4.5 (start) and 4.4.8 (value); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6 pypandoc_binary==1.17
with_node turndown@7.2.5 html-to-text@10.0.1
cat > look.py <<'PY'
import re
import html2text, inscriptis, markdownify, pypandoc

VALUES = '<ol><li value="4">Rent</li><li value="7">Deposit</li></ol>'
START = '<ol start="4"><li>Rent</li><li>Deposit</li></ol>'
with open("list.html", "w") as file:
    file.write(VALUES)


def pandoc(page):
    return pypandoc.convert_text(page, "gfm", format="html")


def numbers(text):
    return re.findall(r"\d+", text)


seen = {read.__name__: numbers(read(VALUES)) for read in (html2text.html2text, markdownify.markdownify, pandoc, inscriptis.get_text)}
print(pypandoc.get_pandoc_version(), seen, numbers(inscriptis.get_text(START)))
assert seen.pop("get_text") == ["4", "7"] and numbers(html2text.html2text(START)) == ["4", "5"]
assert all(read == ["1", "2"] for read in seen.values()), "numbers of items are read now"
assert numbers(inscriptis.get_text(START)) == ["1", "2"], "lists begin where they say now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { convert } from "html-to-text";
import Turndown from "turndown";

const list = fs.readFileSync("list.html", "utf8");
const texts = [new Turndown().turndown(list), convert(list)];
console.log(texts);
for (const text of texts) assert.deepEqual(text.match(/\d+/g), ["1", "2"], "numbers of items are read now");
JS
node look.mjs
