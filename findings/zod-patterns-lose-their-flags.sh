#!/usr/bin/env bash
# zod makes a JSON Schema (z.toJSONSchema) of texts with patterns that pass over capitals: z.string().regex(/^ppr-\d+$/i), and of one
#   with a pattern that takes each line for itself (m).
# Expected: a pattern that says the same ([Pp][Pp][Rr]), as zod-to-json-schema can write it, or an error, as zod gives for dates: "cannot be
#   represented in JSON Schema".
# Happens: "^ppr-\d+$": the flag is dropped without a word. What zod takes, "PPR-9087", its schema refuses.
# Matters: a tool's arguments are checked by the client, or the model is held to the schema: codes in capitals are refused or written
#   small, while tests with zod pass.
# Source: JSON Schema, 6.3.3 (pattern has no flags); zod's documentation of JSON Schema (what cannot be represented throws); what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_node zod@4.6.7 ajv@8.20.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import Ajv from "ajv/dist/2020.js";
import { z } from "zod";

function look(pattern, text) {
    const kind = z.string().regex(pattern);
    const schema = z.toJSONSchema(kind);
    return [schema.pattern, kind.safeParse(text).success, new Ajv.default().validate(schema, text)];
}
const plain = look(/^ppr-\d+$/, "ppr-9087");
const capitals = look(/^ppr-\d+$/i, "PPR-9087");
const lines = look(/^total: \d+$/m, "net: 5\ntotal: 7");
console.log(plain, capitals, lines);
assert.deepEqual(plain, ["^ppr-\\d+$", true, true]);
assert.deepEqual(capitals, ["^ppr-\\d+$", true, false], "the flag is kept now");
assert.deepEqual(lines, ["^total: \\d+$", true, false], "lines are kept now");
assert.throws(() => z.toJSONSchema(z.date()));
JS
node look.mjs
