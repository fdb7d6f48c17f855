#!/usr/bin/env bash
# python-frontmatter, gray-matter, front-matter and remark-frontmatter (npm) read Markdown that begins with a rule, a line of
#   three hyphens, and has another one below its first section, as minutes, slides and answers of models do; it has no
#   settings at its top.
# Expected: the whole text: what stands between the rules is a heading and a sentence, not names and values.
# Happens: the first section is gone from the text. python-frontmatter has it nowhere; the two others have the sentence as
#   "data", without its heading, which counts as a comment; remark-frontmatter shows only what stands below.
# Matters: the first section of such files, often the summary, is found by no search, and nothing is said.
# Source: CommonMark 0.31, 4.1 (thematic breaks); YAML 1.2 (a sentence is a document); the READMEs (settings are names and
#   values); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-frontmatter==1.3.0
with_node gray-matter@4.0.3 front-matter@4.0.2 remark-frontmatter@5.0.0 remark-parse@11.0.0 remark-rehype@11.1.2 rehype-stringify@10.0.1 unified@11.0.5
printf '%s\n' '---' '' '# Summary' '' 'The rent is 950.' '' '---' '' 'More below.' > minutes.md
cat > look.py <<'PY'
import frontmatter

post = frontmatter.load("minutes.md")
print(post.metadata, repr(post.content))
assert (post.metadata, post.content) == ({}, "More below."), "first sections are kept now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import frontMatter from "front-matter";
import matter from "gray-matter";
import stringify from "rehype-stringify";
import frontmatter from "remark-frontmatter";
import parse from "remark-parse";
import rehype from "remark-rehype";
import { unified } from "unified";

const text = fs.readFileSync("minutes.md", "utf8");
const [gray, front] = [matter(text), (frontMatter.default ?? frontMatter)(text)];
const page = String(unified().use(parse).use(frontmatter).use(rehype).use(stringify).processSync(text));
console.log(gray.data, gray.content, front.attributes, front.body, page);
assert.deepEqual([gray.data, gray.content.trim()], ["The rent is 950.", "More below."], "first sections are kept now");
assert.deepEqual([front.attributes, front.body.trim()], ["The rent is 950.", "More below."], "first sections are kept now");
assert.equal(page, "<p>More below.</p>", "first sections are kept now");
JS
node look.mjs
