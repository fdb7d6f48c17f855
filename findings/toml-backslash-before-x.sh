#!/usr/bin/env bash
# toml (PyPI) writes texts that have a backslash before an x: the path C:\xampp, the pattern \x41.
# Expected: the text comes back when it is read, as C:\temp and \u0041 do: a backslash is doubled.
# Happens: s = "C:\xampp", with one backslash, which tomllib and toml itself refuse; \x41 is written as \u0041, and comes back as "A".
# Matters: settings with a path or a pattern are written without an error, and the file cannot be read any more, or holds another
#   value; it depends on one letter.
# Source: TOML 1.0.0, "String" (a backslash in a basic string is escaped); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python toml==0.10.2
cat > look.py <<'PY'
import tomllib

import toml


def back(text, read):
    try:
        return read(toml.dumps({"s": text}))["s"]
    except ValueError as error:
        return type(error).__name__


TEXTS = ["C:\\temp", "\\u0041", "C:\\xampp", "\\x41"]
seen = [(text, toml.dumps({"s": text}).strip(), back(text, tomllib.loads), back(text, toml.loads)) for text in TEXTS]
print(*seen, sep="\n")
assert all(text == first == second for text, _, first, second in seen[:2])
assert seen[2][1] == 's = "C:\\xampp"' and seen[2][2:] == ("TOMLDecodeError", "TomlDecodeError"), "the path comes back now"
assert seen[3][2] == "A", "the pattern comes back now"
PY
python look.py
