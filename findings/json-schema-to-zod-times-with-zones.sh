#!/usr/bin/env bash
# json-schema-to-zod makes a zod schema of a JSON Schema for a time of day ({"type": "string", "format": "time"}).
# Expected: "12:00:00Z" and "12:00:00+01:00" are taken: the format is RFC 3339's full-time, which always has a zone; "12:00:00" has none
#   and is refused. Ajv does so. For date and time together the package says { offset: true } itself.
# Happens: the other way round: z.string().time() takes only times without a zone. Every valid time is refused, and the one that is not
#   valid passes.
# Matters: the generated check refuses what the other side checked and sent; or a time without a zone is let in.
# Source: JSON Schema 2020-12, Validation, 7.3.1 (time); RFC 3339, 5.6 (full-time); zod's documentation of z.iso.time (no offsets); what
#   was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node json-schema-to-zod@2.8.1 zod@4.6.7 ajv@8.20.0 ajv-formats@3.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { jsonSchemaToZod } from "json-schema-to-zod";
import { z } from "zod";

const ajv = new Ajv.default();
formats.default(ajv);
function look(format, texts) {
    const schema = { type: "string", format };
    const code = jsonSchemaToZod(schema);
    const kind = Function("z", `return ${code}`)(z);
    return [code, texts.map((text) => kind.safeParse(text).success), texts.map((text) => ajv.validate(schema, text))];
}
const both = look("date-time", ["2024-03-05T12:00:00Z", "2024-03-05T12:00:00+01:00", "2024-03-05T12:00:00"]);
const time = look("time", ["12:00:00Z", "12:00:00+01:00", "12:00:00"]);
console.log(both, time);
assert.deepEqual(both.slice(1), [[true, true, false], [true, true, false]]);
assert.deepEqual(time[2], [true, true, false]);
assert.deepEqual(time[1], [false, false, true], "times have zones now");
JS
node look.mjs
