#!/usr/bin/env bash
# yaml (npm) writes a header of a document whose values are all text: opening hours "9:30", a reply "no", a code "1_000"; PyYAML
#   reads it.
# Expected: the same texts: what could be taken for something else is put in quotation marks, as yaml does with "00742" and "1e3",
#   and js-yaml with all of these.
# Happens: 570, False and 1000: yaml follows YAML 1.2, in which they are plain text, and PyYAML YAML 1.1, in which they are a
#   number to the base of 60, a truth value and a number. No error on either side; version: "1.1" makes yaml write the marks.
# Matters: headers of Markdown and configuration pass from tools in JavaScript to readers in Python all the time; times of day,
#   Norway (NO) and codes come out as other values.
# Source: YAML 1.1, types int and bool; YAML 1.2.2, 10.3.2 (core schema); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python PyYAML==6.0.4
with_node yaml@2.9.1 js-yaml@5.5.0
cat > write.mjs <<'JS'
import * as jsYaml from "js-yaml";
import YAML from "yaml";

const HEADER = { opens: "9:30", reply: "no", code: "1_000", id: "00742" };
console.log(JSON.stringify([YAML.stringify(HEADER), jsYaml.dump(HEADER), YAML.stringify(HEADER, { version: "1.1" })]));
JS
cat > look.py <<'PY'
import json
import sys

import yaml

HEADER = {"opens": "9:30", "reply": "no", "code": "1_000", "id": "00742"}
written = json.load(sys.stdin)
seen = [yaml.safe_load(text) for text in written]
print(written[0], seen)
assert seen[1:] == [HEADER, HEADER]
assert seen[0] == {"opens": 570, "reply": False, "code": 1000, "id": "00742"}, "the texts stay texts now"
PY
node write.mjs | python look.py
