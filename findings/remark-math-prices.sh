#!/usr/bin/env bash
# remark-math (formulas for react-markdown) shows a sentence with two prices: "The rent is $950 and the fee is $20 a
#   month."
# Expected: the sentence: in pandoc, which has formulas between dollar signs as well, the second sign may not stand behind
#   a blank or before a digit, so that prices are no formulas.
# Happens: "950 and the fee is " is a formula, and both dollar signs are gone; set by KaTeX it is in italics and without
#   blanks. singleDollarTextMath: false turns such formulas off, those of models as well.
# Matters: answers on prices in dollars cannot be read as soon as they name two amounts in a paragraph.
# Source: pandoc's manual, tex_math_dollars; remark-math's README (singleDollarTextMath); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node unified@11.0.5 remark-parse@11.0.0 remark-math@6.0.0 remark-rehype@11.1.2 rehype-stringify@10.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import rehypeStringify from "rehype-stringify";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";

const remark = unified().use(remarkParse).use(remarkMath).use(remarkRehype).use(rehypeStringify);
const shown = (text) => String(remark.processSync(text));
const one = shown("The rent is $950 a month.");
const two = shown("The rent is $950 and the fee is $20 a month.");
console.log(one, two);
assert.equal(one, "<p>The rent is $950 a month.</p>");
const formula = '<code class="language-math math-inline">950 and the fee is </code>';
assert.equal(two, `<p>The rent is ${formula}20 a month.</p>`, "prices are no formulas now");
JS
node look.mjs
