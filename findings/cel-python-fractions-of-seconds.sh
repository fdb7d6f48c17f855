#!/usr/bin/env bash
# cel-python turns durations and times into texts: string(duration("1.5s")), string(timestamp("2024-03-05T10:00:00.5Z")).
# Expected: "1.5s" and the time with its half second: comparisons know them, 1.5 s is more than 1 s.
# Happens: "1s", and 10:00:00: fractions are cut off; 100 milliseconds are "0s".
# Matters: time limits and stamps that go through such a rule into a log or a header are shorter or earlier, to nothing; two different
#   events have the same time.
# Source: CEL language definition, "Strings" and the JSON form of google.protobuf.Duration and Timestamp (fractions of a second);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python cel-python==0.5.0
cat > look.py <<'PY'
import celpy


def evaluate(text):
    environment = celpy.Environment()
    return environment.program(environment.compile(text)).evaluate({})


TEXTS = ["duration('1.5s')", "duration('100ms')", "timestamp('2024-03-05T10:00:00.5Z')"]
seen = [str(evaluate(f"string({text})")) for text in TEXTS]
kept = [bool(evaluate("duration('1.5s') > duration('1s')")), int(evaluate(f"{TEXTS[2]}.getMilliseconds()"))]
print(seen, kept)
assert kept == [True, 500]
assert seen == ["1s", "0s", "2024-03-05T10:00:00Z"], "fractions are written now"
PY
python -W ignore look.py
