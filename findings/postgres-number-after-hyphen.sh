#!/usr/bin/env bash
# PostgreSQL (here PGlite, the same program for Node) makes search words of a text (to_tsvector).
# Expected: "PPR-9087" is found by its parts, PPR and 9087, as "9087-B" is.
# Happens: the hyphen is taken for a minus: the words are "ppr" and "-9087", and a search for 9087 finds nothing.
#   "1,234.50" becomes 1 and 234.50.
# Matters: part, order and contract numbers are what people search for by their digits.
# Source: PostgreSQL documentation, 12.5 (parsers: int, signed integer); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @electric-sql/pglite@0.5.17
cat > look.mjs <<'JS'
import { PGlite } from "@electric-sql/pglite";

const database = new PGlite();
const found = async (text) =>
    (await database.query("select to_tsvector('simple', $1)::text words, to_tsvector('simple', $1) @@ " +
        "plainto_tsquery('simple', '9087') found", [text])).rows[0];
const after = await found("PPR-9087 costs 1,234.50");
const before = await found("9087-B");
const version = (await database.query("select version()")).rows[0].version.slice(0, 40);
console.log(version, after, before);
await database.close();
if (!before.found) throw new Error("a number before a hyphen is not found");
if (after.found || !after.words.includes("'-9087'")) throw new Error("a number after a hyphen is found now");
if (!after.words.includes("'234.50'")) throw new Error("1,234.50 is one word now");
JS
node look.mjs
