#!/usr/bin/env bash
# markdown-it-attrs gives elements classes and ids ({.note}, {#rent}); a page on an API, a template and a formula go through
#   it: "GET /users/{id}", "Pay to ${IBAN}", "| {1} | {2} |".
# Expected: these texts: a name alone is no attribute of the kinds in its README (.class, #id, key=value); in the middle of a
#   line, "/users/{id} returns", it is kept.
# Happens: at the end of a paragraph, heading, item or cell it is gone: "GET /users/", "Pay to $", an empty cell; the element
#   has an attribute id, IBAN or 1.
# Matters: parameters and placeholders vanish in silence, only where they come last; addresses and commands are wrong.
# Source: the README of markdown-it-attrs, in which each attribute has a value; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node markdown-it@15.0.3 markdown-it-attrs@5.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import MarkdownIt from "markdown-it";
import attrs from "markdown-it-attrs";

const show = (text) => new MarkdownIt().use(attrs).render(text).replace(/<[^>]*>/g, "").trim();
const seen = ["GET /users/{id} returns one.", "GET /users/{id}", "Pay to ${IBAN}", "| a |\n| - |\n| {1} |"].map(show);
console.log(seen);
assert.equal(seen[0], "GET /users/{id} returns one.");
assert.deepEqual(seen.slice(1), ["GET /users/", "Pay to $", "a"], "names are kept now");
JS
node look.mjs
