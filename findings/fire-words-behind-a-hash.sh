#!/usr/bin/env bash
# Python Fire makes a command of a function; it is called with --ticket 'INC#42', --place '12 # fourth floor' and
#   --owner 'Acme, Inc'.
# Expected: these texts: what is no literal of Python is taken as a string, as "Berth 4 # 12" and "[draft] x" are.
# Happens: "INC", the number 12, and a pair of "Acme" and "Inc": the value is read as source text, in which # begins a comment, and bare
#   words in it are quoted.
# Matters: the rest of the text is gone without a word; channels (#help), colours, tickets and addresses of pages with a part behind #
#   are what people type. Quotes within quotes help.
# Source: Python Fire's guide (types are determined by the values; strings need no quotes); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python fire==0.7.1
cat > look.py <<'PY'
import fire

fire.Fire(lambda text: repr(text))
PY
look() { printf '%s gives %s\n' "$1" "$(python look.py --text "$1")" >&2; python look.py --text "$1"; }
test "$(look 'Berth 4 # 12')" = "'Berth 4 # 12'"
test "$(look '[draft] x')" = "'[draft] x'"
test "$(look 'INC#42')" = "'INC'"
test "$(look '12 # fourth floor')" = "12"
test "$(look 'Acme, Inc')" = "('Acme', 'Inc')"
