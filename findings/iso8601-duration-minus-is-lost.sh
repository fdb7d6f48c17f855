#!/usr/bin/env bash
# iso8601-duration (npm) reads a duration with a sign: "-PT15M", the trigger of an alarm 15 minutes before a meeting.
# Expected: minus 900 seconds, or an error, as for "P-1D": tinyduration gives the sign.
# Happens: 900 seconds: the pattern is looked for anywhere in the text, and the sign stands before it.
# Matters: reminders and offsets of calendar files point to the other side: a quarter of an hour after the meeting began.
# Source: RFC 5545, 3.3.6 (a duration may begin with a minus) and 3.8.6.3 (TRIGGER:-PT15M); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node iso8601-duration@2.1.4 tinyduration@3.4.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { parse, toSeconds } from "iso8601-duration";
import * as tiny from "tinyduration";

const seconds = (text) => {
    try {
        return toSeconds(parse(text));
    } catch (error) {
        return error.message;
    }
};
const seen = ["PT15M", "-PT15M", "P-1D"].map(seconds);
console.log(seen, tiny.parse("-PT15M"));
assert(tiny.parse("-PT15M").negative);
assert.equal(seen[0], 900);
assert.equal(seen[2], "invalid duration: P-1D");
assert.equal(seen[1], 900, "the sign counts now");
JS
node look.mjs
