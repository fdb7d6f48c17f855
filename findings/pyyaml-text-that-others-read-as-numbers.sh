#!/usr/bin/env bash
# PyYAML writes texts that have only figures and an e, such as the short hash of a commit: "1234567e8"; "12e5" is a part number.
#   ruamel.yaml, and yaml and js-yaml of npm, read them.
# Expected: the texts: safe_dump puts quotation marks around what is a number without them, as around "742".
# Happens: no marks, and 123456700000000, 1200000, and 15 for "0o17": in YAML 1.1, which PyYAML follows, a number with a power of
#   ten needs a point and a sign; in YAML 1.2 it does not. PyYAML itself reads the texts back.
# Matters: of short hashes with seven places one in some fifty is of this kind; the commits and parts are found no more.
# Source: YAML 1.1, type float; YAML 1.2.2, 10.3.2 (core schema); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python PyYAML==6.0.4 ruamel.yaml==0.19.1
with_node yaml@2.9.1 js-yaml@5.5.0
cat > read.mjs <<'JS'
import fs from "node:fs";
import * as jsYaml from "js-yaml";
import YAML from "yaml";

const text = fs.readFileSync("written.yaml", "utf8");
console.log(JSON.stringify([YAML.parse(text), jsYaml.load(text)]));
JS
cat > look.py <<'PY'
import json
import subprocess

import yaml
from ruamel.yaml import YAML

TEXTS = {"commit": "1234567e8", "part": "12e5", "mode": "0o17", "order": "742"}
written = yaml.safe_dump(TEXTS)
open("written.yaml", "w").write(written)
of_node = json.loads(subprocess.run(["node", "read.mjs"], capture_output=True, check=True, text=True).stdout)
seen = [YAML(typ="safe").load(written), *of_node]
print(written, seen)
assert yaml.safe_load(written) == TEXTS
for values in seen:
    assert values == {"commit": 123456700000000, "part": 1200000, "mode": 15, "order": "742"}, "the texts stay texts now"
PY
python look.py
