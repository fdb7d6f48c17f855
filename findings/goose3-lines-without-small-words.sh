#!/usr/bin/env bash
# goose3 takes the text of an article that has short paragraphs: "Rated pressure: 16.5 bar.", "Price: 5 EUR.".
# Expected: they are in the text, between the paragraphs around them, as a short heading and "The price was cut to 5 EUR." are.
# Happens: they are dropped without a trace: a paragraph with too few small words (the, of, was) counts as no text.
#   Tables are gone as well.
# Matters: facts of reports, recipes and product pages stand in just such lines; the text reads smoothly without them.
# Source: goose3's README (extracts the main text of an article); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python goose3==3.1.22 lxml==6.1.3 lxml_html_clean==0.4.6
cat > look.py <<'PY'
import goose3

LONG = [
    "The pump of the new plant was tested for three weeks in the spring, and the results were as good as we had hoped for by then.",
    "It was taken out of the hall and brought to the other side of the river, where it is to be used for the water of the city.",
    "All of the people who had worked on it were there when it was switched on, and it has been in use without a stop since that day.",
]
LINES = ["The price was cut to 5 EUR.", "Rated pressure: 16.5 bar.", "Price: 5 EUR.", "No leaks."]
reader = goose3.Goose({"enable_image_fetching": False})


def text(line):
    body = f"<p>{LONG[0]}</p><p>{line}</p><p>{LONG[1]}</p><p>{LONG[2]}</p>"
    return reader.extract(raw_html=f"<html><body><article><h1>Pump</h1>{body}</article></body></html>").cleaned_text


seen = {line: line in text(line) for line in LINES}
print(seen)
assert all(long in text(line) for long in LONG for line in LINES)
assert list(seen.values()) == [True, False, False, False], "short lines stay now"
PY
python -W ignore look.py
