#!/usr/bin/env bash
# pluralize (npm) makes the singular of a word, as one does for tags, names of collections and search.
# Expected: "cache" for caches, as "database" for databases; and a word that is no plural stays: "lens", "canvas", "bias", "chaos".
# Happens: "cach", "nich", "headach", "moustach"; "len", "canva", "bia", "chao", "Texa", and isPlural() says yes for them. Cookies
#   are "cooky", dies are "dy".
# Matters: "caches" and "cache" do not meet, while "lens" and "len" do; generated names of tables and routes are misspelled.
# Source: pluralize's README (singular, isPlural); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node pluralize@8.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import pluralize from "pluralize";

const WRONG = { caches: "cach", niches: "nich", headaches: "headach", cookies: "cooky", dies: "dy" };
const NO_PLURALS = { lens: "len", canvas: "canva", bias: "bia", chaos: "chao", Texas: "Texa" };
const seen = Object.keys({ ...WRONG, ...NO_PLURALS }).map((word) => [word, pluralize.singular(word)]);
console.log(JSON.stringify(Object.fromEntries(seen)));
assert.equal(pluralize.singular("databases"), "database");
assert.equal(pluralize.singular("status"), "status");
assert.deepEqual(Object.fromEntries(seen), { ...WRONG, ...NO_PLURALS }, "the singulars are words now");
assert.ok(Object.keys(NO_PLURALS).every((word) => pluralize.isPlural(word)), "they are no plurals now");
JS
node look.mjs
