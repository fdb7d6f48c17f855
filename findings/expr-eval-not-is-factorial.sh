#!/usr/bin/env bash
# expr-eval reads a condition with an exclamation mark before a name: "!closed", "if(!closed, 1, 2)".
# Expected: not, as in JavaScript, or an error: the library's word is "not", and the factorial stands behind its number, "5!".
# Happens: the factorial is computed before as well: !closed is 1 for 0 and for 1 and for true, and "!x" is 120 for 5. As a condition it
#   always holds.
# Matters: rules that users type the way their other tools have it are accepted and never refuse anything; the other way, "not closed",
#   is right.
# Source: expr-eval's README (operators: "!" is the factorial, postfix; "not" is the logical one); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node expr-eval@2.0.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import { Parser } from "expr-eval";

const value = (text, closed) => Parser.evaluate(text, { closed });
const right = [value("not closed", true), value("not closed", false), value("closed!", 5)];
const wrong = [true, false, 0, 1].map((closed) => value("if(!closed, 'open', 'closed')", closed));
console.log(right, wrong, value("!closed", 5), value("!(closed > 3)", 5));
assert.deepEqual(right, [false, true, 120]);
assert.deepEqual(wrong, ["open", "open", "open", "open"], "the mark is not now");
assert.equal(value("!closed", 5), 120, "the mark is not now");
JS
node look.mjs
