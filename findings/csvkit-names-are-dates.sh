#!/usr/bin/env bash
# csvkit (csvjson; the others likewise) converts a table with a column of names, one of sizes and one of times of day.
# Expected: text, or times: "Jan", "1-2" and "9:30" stand there as they are, and no date or duration is complete in them.
# Happens: names that are also months make a column of dates in the year 1 (May is 0001-05-01), sizes become dates in 2001
#   (1-2 is 2001-01-02), and half past nine becomes 9 minutes and 30 seconds. -I switches the guessing off.
# Matters: the result looks like data, and no message says that it was guessed; what the file said cannot be told from it.
# Source: csvkit's documentation of --no-inference; agate's documentation of TypeTester; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python csvkit==2.2.0 agate==1.14.2
printf 'Name,Size,Start\nJan,1-2,9:30\nMay,3-4,10:30\nApril,5-6,11:30\n' > t.csv
csvjson -I t.csv > plain.json
csvjson t.csv > guessed.json
cat > look.py <<'PY'
import json

plain, guessed = (json.load(open(f"{name}.json"))[1] for name in ("plain", "guessed"))
print(plain, guessed)
assert plain == {"Name": "May", "Size": "3-4", "Start": "10:30"}, plain
assert guessed == {"Name": "0001-05-01", "Size": "2001-03-04", "Start": "0:10:30"}, "the words stay now"
PY
python look.py
