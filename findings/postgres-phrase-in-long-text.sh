#!/usr/bin/env bash
# PostgreSQL (here PGlite, the same program for Node) looks for a phrase near the end of a text of 17,000 words.
# Expected: "notice period" is found there by phraseto_tsquery, as it is at the beginning: both of its words are found.
# Happens: a tsvector counts places to 16,383 only and keeps that number for all later words, so none of them follows
#   another: phrases and <-> find nothing there, without a notice. The words alone are still found.
# Matters: searches in quotation marks fail for the later part of every long document (some 40 pages) that is indexed whole.
# Source: PostgreSQL documentation, 8.11.1 (positions range to 16383, higher ones are set to it) and 12.3.2 (<->: consecutive
#   words); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @electric-sql/pglite@0.5.17
cat > look.mjs <<'JS'
import assert from "node:assert";
import { PGlite } from "@electric-sql/pglite";

const WORDS = Array.from({ length: 17000 }, (_, number) => `w${number}`).join(" ");
const PHRASE = "the notice period is three months";
const database = new PGlite();
const QUESTION = "select to_tsvector('english', $1) @@ websearch_to_tsquery('english', $2) found";
const finds = async (query, text) => (await database.query(QUESTION, [text, query])).rows[0].found;
const version = (await database.query("select version()")).rows[0].version.slice(0, 16);
const seen = {};
for (const [place, text] of [["begins", `${PHRASE} ${WORDS}`], ["ends", `${WORDS} ${PHRASE}`]])
    seen[place] = { words: await finds("notice period", text), phrase: await finds('"notice period"', text) };
console.log(version, JSON.stringify(seen));
await database.close();
assert.deepEqual(seen.begins, { words: true, phrase: true });
assert.deepEqual(seen.ends, { words: true, phrase: false }, "phrases are found at the end of a long text now");
JS
node look.mjs
