#!/usr/bin/env bash
# CleverCSV finds out by what the values of a file are divided (read_table), and reads files of one column: times of day, and
#   full names.
# Expected: one column, "09:30", "10:45" and "Anna Smith": the head has one name, and csv.Sniffer says that there is no divider.
#   So it is with dates and ranges: "2024-03-05", "10-12".
# Happens: two columns below one heading: "09" and "30", "Anna" and "Smith": the colon and the blank are taken for dividers.
# Matters: single columns are exported all the time, as lists of people or of times; they fall apart below one heading.
# Source: CleverCSV's documentation (a drop-in for csv that finds the dialect of messy files); csv.Sniffer of Python; what was
#   seen by this script.
. "$(dirname "$0")/lib.sh"
with_python clevercsv==0.8.5
cat > look.py <<'PY'
import csv

import clevercsv

LISTS = ("day\n2024-03-05\n2024-03-06\n", "arrival\n09:30\n10:45\n11:00\n", "name\nAnna Smith\nBo Lee\nCy Young\n")


def read(text):
    with open("list.csv", "w", encoding="utf-8") as file:
        file.write(text)
    try:
        divider = csv.Sniffer().sniff(text, delimiters=",;: \t").delimiter
    except csv.Error:
        divider = None
    return divider, clevercsv.read_table("list.csv", encoding="utf-8")


seen = [read(text) for text in LISTS]
print(seen)
assert seen[0][1] == [["day"], ["2024-03-05"], ["2024-03-06"]]
assert seen[1][1] == [["arrival"], ["09", "30"], ["10", "45"], ["11", "00"]], "times are whole now"
assert seen[2][1] == [["name"], ["Anna", "Smith"], ["Bo", "Lee"], ["Cy", "Young"]], "names are whole now"
PY
python look.py
