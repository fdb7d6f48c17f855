#!/usr/bin/env bash
# logfmt (PyPI) and logfmt (npm) read a line of a log in which a line end is escaped, as logfmter and the loggers of Go write it:
#   msg="first\nsecond" status=500 user=anna.
# Expected: a message of two lines, status 500, user anna.
# Happens: npm's gives "firstnsecond": the backslash goes, the letter stays. PyPI's gives {"msg": True}: message, status and user are
#   gone.
# Matters: errors of databases and tracebacks have line ends; just these are not found in the log by their words, status or user.
# Source: the line as logfmter writes it (shown below); Go's strconv.Quote, which loggers of Go use; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python logfmt==0.4 logfmter==0.0.12
with_node logfmt@1.4.0
cat > look.py <<'PY'
import logging

import logfmt
import logfmter

values = {"msg": "first\nsecond", "status": 500, "user": "anna"}
line = logfmter.Logfmter(keys=[]).format(logging.makeLogRecord({"msg": values}))
print(line)
assert line == r'msg="first\nsecond" status=500 user=anna', line
open("line.txt", "w").write(line)
plain = logfmt.parse_line('msg="it said \\"no\\"" path=x status=500')
seen = logfmt.parse_line(line)
print(plain, seen)
assert plain == {"msg": 'it said "no"', "path": "x", "status": "500"}
assert seen == {"msg": True}, "the fields are read now"
PY
python look.py
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import logfmt from "logfmt";

const seen = logfmt.parse(fs.readFileSync("line.txt", "utf8"));
console.log(seen);
assert.deepEqual({ ...seen }, { msg: "firstnsecond", status: "500", user: "anna" }, "line ends are read now");
JS
node look.mjs
