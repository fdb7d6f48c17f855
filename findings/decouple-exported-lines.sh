#!/usr/bin/env bash
# python-decouple reads a .env file that shells read too: its lines begin with "export", and one has a comment behind its value.
# Expected: LIMIT is 20 and NAME is "north", as python-dotenv, dotenv (npm) and the shell itself read them.
# Happens: LIMIT is the default of the code, without a word: the name in the file is taken as "export LIMIT". NAME is '"north" # pier',
#   with marks and comment.
# Matters: settings of production are there, and the service runs with those for trying out.
# Source: the shell's own reading of the file, and that of python-dotenv, both shown below; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python python-decouple==3.8 python-dotenv==1.2.4
printf 'export LIMIT=20\nNAME="north" # pier\nBERTH=4\n' > .env
cat > look.py <<'PY'
import dotenv
from decouple import Config, RepositoryEnv

config = Config(RepositoryEnv(".env"))
seen = {name: config(name, default="default") for name in ("LIMIT", "NAME", "BERTH")}
other = dict(dotenv.dotenv_values(".env"))
print(seen, "python-dotenv:", other)
assert other == {"LIMIT": "20", "NAME": "north", "BERTH": "4"}
assert seen["BERTH"] == "4"
assert seen["LIMIT"] == "default", "exported lines are read now"
assert seen["NAME"] == '"north" # pier', "comments are taken off now"
PY
python look.py
. ./.env
test "$LIMIT, $NAME" = "20, north"
