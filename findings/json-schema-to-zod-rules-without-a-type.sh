#!/usr/bin/env bash
# json-schema-to-zod makes a zod schema of a contact that needs a mail address or a telephone number: an object with
#   anyOf: [{ required: ["mail"] }, { required: ["phone"] }].
# Expected: a contact with neither is refused, as Ajv refuses it, or an error that this rule cannot be written.
# Happens: both choices become z.any(), so the contact without any passes. All rules that stand without "type" beside them are dropped:
#   properties, required, minLength, pattern; so is a name in required that has no entry in properties.
# Matters: JSON Schema's own way to say "one of these fields" and to add a rule with allOf is lost; records are let in that the schema
#   forbids, and nothing is said.
# Source: JSON Schema 2020-12, Validation, 6.5.3 (required), and Understanding JSON Schema (type is not needed); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node json-schema-to-zod@2.8.1 zod@4.6.7 ajv@8.20.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import Ajv from "ajv/dist/2020.js";
import { jsonSchemaToZod } from "json-schema-to-zod";
import { z } from "zod";

const properties = { name: { type: "string" }, mail: { type: "string" }, phone: { type: "string" } };
const look = (schema, value) => [
    jsonSchemaToZod(schema).slice(-40),
    Function("z", `return ${jsonSchemaToZod(schema)}`)(z).safeParse(value).success,
    new Ajv.default({ strict: false }).validate(schema, value),
];
const choice = look({ type: "object", properties, anyOf: [{ required: ["mail"] }, { required: ["phone"] }] }, { name: "Anna" });
const added = look({ allOf: [{ type: "object", properties }, { required: ["name"] }] }, {});
const unlisted = look({ type: "object", properties, required: ["id"] }, { name: "Anna" });
const listed = look({ type: "object", properties, required: ["mail"] }, { name: "Anna" });
console.log(choice, added, unlisted, listed);
assert.deepEqual(listed.slice(1), [false, false]);
assert.deepEqual(choice.slice(1), [true, false], "choices of fields are checked now");
assert.deepEqual(added.slice(1), [true, false], "rules without a type are checked now");
assert.deepEqual(unlisted.slice(1), [true, false], "names that are not listed are checked now");
JS
node look.mjs
