#!/usr/bin/env bash
# zod-to-json-schema describes fields that are null and nothing else, z.literal(null), alone and as one of several choices: a step of a
#   plan that has no next one.
# Expected: {"type": "null"}, as it makes of z.null(), and as zod's own z.toJSONSchema makes of both.
# Happens: {"type": "object"}: null is refused by whoever follows the schema, and {} is allowed, which zod refuses.
# Matters: a model whose answers are held to the schema has to invent an object where null is right, and then the answer is refused
#   by the schema that it was made from.
# Source: zod's documentation of literals (z.literal(null)); JavaScript's typeof null; parsers/literal.js of the package; what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node zod@4.6.7 zod-to-json-schema@3.25.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import { z as four } from "zod";
import { z } from "zod/v3";
import { zodToJsonSchema } from "zod-to-json-schema";

const plan = z.object({ last: z.literal(null), next: z.union([z.object({ step: z.number() }), z.literal(null)]), none: z.null() });
const { last, next, none } = zodToJsonSchema(plan).properties;
console.log(JSON.stringify({ last, next: next.anyOf.at(-1), none }), JSON.stringify(four.toJSONSchema(four.literal(null))));
assert.deepEqual(none, { type: "null" });
assert.equal(four.toJSONSchema(four.literal(null)).type, "null");
assert.ok(plan.safeParse({ last: null, next: null, none: null }).success && !plan.safeParse({ last: {}, next: {}, none: null }).success);
assert.deepEqual([last, next.anyOf.at(-1)], [{ type: "object" }, { type: "object" }], "null is null now");
JS
node look.mjs
