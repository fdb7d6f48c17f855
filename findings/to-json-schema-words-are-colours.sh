#!/usr/bin/env bash
# to-json-schema makes a schema of an example: {"code": "abc", "total": "Total: 5", "room": "12"}.
# Expected: texts without a format, as for "hello world"; an address of mail gets the format email.
# Happens: "abc" has the format color, "Total: 5" style and "12" utc-millisec: whatever looks a little like one. Ajv refuses the schema
#   for its unknown formats.
# Matters: a schema that is made of sample data cannot be used for that data; it depends on single codes in the sample.
# Source: JSON Schema 2020-12, Validation, 7.3 (none of the three is a defined format); to-json-schema's README (strings.detectFormat is
#   on by default); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node to-json-schema@0.2.5 ajv@8.20.0 ajv-formats@3.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import schemaOf from "to-json-schema";

const compiled = (value) => {
    try {
        const ajv = new Ajv();
        (formats.default ?? formats)(ajv);
        return ajv.compile(schemaOf(value))(value);
    } catch (error) {
        return error.message.split(" in ")[0];
    }
};
const TEXTS = ["hello world", "a@example.org", "abc", "Total: 5", "12"];
const seen = TEXTS.map((text) => schemaOf(text).format ?? null);
const checked = [compiled({ text: "hello world" }), compiled({ code: "abc" }), compiled({ room: "12" })];
console.log(seen, checked);
assert.deepEqual(seen, [null, "email", "color", "style", "utc-millisec"], "plain texts have no format now");
assert.deepEqual(checked.map((value) => value === true), [true, false, false], "the schema can be used now");
JS
node look.mjs
