#!/usr/bin/env bash
# dotenv (npm) and python-dotenv read the same file: GREETING="say \"hi\"" and RULE="{\"limit\": 20}".
# Expected: say "hi" and {"limit": 20}, as python-dotenv and the shell read them: within double quotation marks \" is a mark, and
#   dotenv itself makes a line end of \n there.
# Happens: dotenv keeps the backslashes: say \"hi\" and {\"limit\": 20}, which is no JSON. Node's own reader (--env-file,
#   util.parseEnv) ends the value at the first such mark.
# Matters: one .env serves services of several languages and Docker's compose files; JSON in it works in one and is refused in the other.
# Source: the shell's rules of quoting, shown below; dotenv's README (double quotes expand \n); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node dotenv@18.0.10
with_python python-dotenv==1.2.4
cat > .env <<'ENV'
GREETING="say \"hi\""
RULE="{\"limit\": 20}"
LINES="one\ntwo"
ENV
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import util from "node:util";
import dotenv from "dotenv";

const text = fs.readFileSync(".env", "utf8");
const seen = { ...dotenv.parse(text) }, own = { ...util.parseEnv(text) };
console.log("dotenv", seen, "Node", own);
assert.equal(seen.LINES, "one\ntwo");
assert.deepEqual([seen.GREETING, seen.RULE], ['say \\"hi\\"', '{\\"limit\\": 20}'], "the marks are read now");
assert.deepEqual([own.GREETING, own.RULE], ["say \\", "{\\"], "Node reads the marks now");
JS
node look.mjs
cat > look.py <<'PY'
import dotenv

seen = dict(dotenv.dotenv_values(".env"))
print("python-dotenv", seen)
assert seen == {"GREETING": 'say "hi"', "RULE": '{"limit": 20}', "LINES": "one\ntwo"}
PY
python look.py
. ./.env
test "$GREETING $RULE" = 'say "hi" {"limit": 20}'
