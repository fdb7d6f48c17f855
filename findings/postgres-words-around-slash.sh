#!/usr/bin/env bash
# PostgreSQL (here PGlite, the same program for Node) makes search words of words with a slash between them.
# Expected: "client/server" is found by client and by server, as "client-server" is found by either of its parts.
# Happens: it is taken for the path of a file and is one word, "client/server"; neither of its parts finds it. The same goes
#   for "read/write", "input/output" and the business year "2023/2024", for to_tsquery and websearch_to_tsquery alike.
# Matters: slashes stand for "or" in contracts and manuals; those places are not found, while all else is.
# Source: PostgreSQL documentation, 12.5 (parsers: file; hyphenated words come with their parts); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @electric-sql/pglite@0.5.17
cat > look.mjs <<'JS'
import assert from "node:assert";
import { PGlite } from "@electric-sql/pglite";

const database = new PGlite();
const QUESTION = "select to_tsvector('english', $1) @@ websearch_to_tsquery('english', $2) found";
const finds = async (word, text) => (await database.query(QUESTION, [text, word])).rows[0].found;
const version = (await database.query("select version()")).rows[0].version.slice(0, 16);
const seen = {};
for (const text of ["client-server", "client/server", "read/write", "input/output", "2023/2024"]) {
    const [one, other] = text.split(/[-/]/);
    seen[text] = [await finds(one, text), await finds(other, text), await finds(text, text)];
}
console.log(version, JSON.stringify(seen));
await database.close();
const { "client-server": hyphen, ...slashes } = seen;
assert.deepEqual(hyphen, [true, true, true]);
for (const found of Object.values(slashes)) assert.deepEqual(found, [false, false, true], "the parts are found now");
JS
node look.mjs
