#!/usr/bin/env bash
# turndown, html-to-text, html2text, markdownify and inscriptis turn a page into text that has fractions, roots and powers
#   in MathML, as Wikipedia and HTML of LaTeX have them.
# Expected: 1/2, \frac{1}{2} or something that keeps the two numbers apart, as pandoc does; or nothing.
# Happens: all five put the signs side by side: a half is "12", 3/4 is "34", the root of 9 is 9, 10 to the 6th is "106".
# Matters: doses, shares and formulas become other numbers that look right.
# Source: MathML Core (mfrac, msqrt, msup), which is part of HTML (4.8.15); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python html2text==2025.4.15 markdownify==1.2.3 inscriptis==2.7.6 pypandoc_binary==1.17
with_node turndown@7.2.5 html-to-text@10.0.1
cat > look.py <<'PY'
import html2text, inscriptis, markdownify, pypandoc

HALF = "<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>"
PAGE = f"<p>Take {HALF} mg; <math><msqrt><mn>9</mn></msqrt></math>; <math><msup><mn>10</mn><mn>6</mn></msup></math>.</p>"
with open("page.html", "w") as file:
    file.write(PAGE)
texts = html2text.html2text(PAGE), markdownify.markdownify(PAGE), inscriptis.get_text(PAGE)
print(texts, pypandoc.convert_text(PAGE, "gfm", format="html"))
assert {text.strip() for text in texts} == {"Take 12 mg; 9; 106."}, "fractions are told now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { convert } from "html-to-text";
import Turndown from "turndown";

const page = fs.readFileSync("page.html", "utf8");
const texts = [new Turndown().turndown(page), convert(page)];
console.log(texts);
for (const text of texts) assert.equal(text, "Take 12 mg; 9; 106.", "fractions are told now");
JS
node look.mjs
