#!/usr/bin/env bash
# json-schema-to-zod makes a zod schema of a list with a kind for each place: a name, then numbers (prefixItems and items of JSON Schema
#   2020-12, which zod's own z.toJSONSchema writes for z.tuple).
# Expected: z.tuple([z.string()]).rest(z.number()), or an error that prefixItems is not known.
# Happens: z.array(z.number()): the name is refused, and a list of numbers alone passes; with prefixItems alone it is z.array(z.any()), and
#   any two values pass. Only the form of older drafts, a list in items, becomes a tuple.
# Matters: a schema that goes through zod to JSON Schema and back refuses its own data.
# Source: JSON Schema 2020-12, 10.3.1.1 (prefixItems) and its release notes (items with a list became prefixItems); the package's README
#   (draft 4 and later); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node json-schema-to-zod@2.8.1 zod@4.6.7
cat > look.mjs <<'JS'
import assert from "node:assert";
import { jsonSchemaToZod } from "json-schema-to-zod";
import { z } from "zod";

const back = (schema) => Function("z", `return ${jsonSchemaToZod(schema)}`)(z);
const passes = (kind, ...rows) => rows.map((row) => kind.safeParse(row).success);
const rows = [["rent", 950, 12], [1, 2, 3]];
const pairs = [["rent", 950], [950, "rent"]];
const kind = z.tuple([z.string()]).rest(z.number());
const schema = z.toJSONSchema(kind);
const pair = z.toJSONSchema(z.tuple([z.string(), z.number()]));
const seen = [passes(kind, ...rows), passes(back(schema), ...rows), passes(back(pair), ...pairs)];
console.log(JSON.stringify(schema), jsonSchemaToZod(schema), jsonSchemaToZod(pair), seen);
assert.ok(schema.prefixItems && schema.items);
assert.equal(jsonSchemaToZod({ type: "array", items: [{ type: "string" }] }), "z.tuple([z.string()])");
assert.deepEqual(seen[0], [true, false]);
assert.deepEqual(seen[1], [false, true], "places are kept now");
assert.deepEqual(seen[2], [true, true], "pairs are kept now");
JS
node look.mjs
