#!/usr/bin/env bash
# trafilatura takes the text out of a page in which a date is marked up as one: from <time datetime="2024-03-05">5 March</time>
#   on.
# Expected: the sentence with its date; the words within <data>, <kbd>, <abbr> and <mark> are kept.
# Happens: the date is gone: "The pier is open from on." So are the words of a <button> and an <output>: "Press to begin".
# Matters: content systems mark dates so for search engines; deadlines, opening hours and news lose just them, in a sentence
#   that looks whole at a glance.
# Source: HTML Standard, 4.5.14 (time: phrasing content, its text is what is read); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python trafilatura==2.3.1 justext==3.0.2 lxml==6.1.3 lxml_html_clean==0.4.6
cat > look.py <<'PY'
import trafilatura

LONG = "This sentence goes on for a while, so that the block is long enough to count as text of the article and not as a menu."
LINES = [
    'The pier is open from <time datetime="2024-03-05">5 March</time> on.',
    "The fee is <data value=5>five euros</data>, see <mark>below</mark>.",
    "Press <button>Start</button> to begin, then <kbd>F5</kbd>.",
]
body = f"<p>{LONG}</p>" + "".join(f"<p>{line}</p>" for line in LINES) + f"<p>{LONG} End.</p>"
page = f"<html><head><title>Port</title></head><body><article><h1>Port</h1>{body}</article></body></html>"
for kind in ("txt", "markdown"):
    text = " ".join(trafilatura.extract(page, output_format=kind, include_formatting=kind == "markdown").split())
    print(kind, text[text.index("The pier"):text.index("F5")])
    assert "five euros" in text and "below" in text and "F5" in text, text
    assert "5 March" not in text and "from on." in text, "the date is kept now"
    assert "Start" not in text, "the button is kept now"
PY
python look.py
