#!/usr/bin/env bash
# kreuzberg reads a page of HTML whose text stands in <p>, and also in <div>, <address>, <dl> and behind a heading.
# Expected: all of it: browsers show it alike, and a <div> with text is as valid as a <p>.
# Happens: what stands in <p>, headings, lists and tables is read; text right within the others is left out, without a warning.
# Matters: pages of shops, forums and most programs put their text into <div>; of such a page nothing but the headings is indexed.
# Source: HTML Standard, 4.4.16 (div: flow content, text among it) and 4.4.9 (dl); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python kreuzberg==4.10.4
cat > look.py <<'PY'
from kreuzberg import extract_file_sync

BLOCKS = [
    "<h2>Berths</h2>", "<p>North pier is open.</p>", "<div>South pier is closed.</div>", "<address>Elm Street 4</address>",
    "<dl><dt>Voltage</dt><dd>230 V</dd></dl>", "<blockquote>As agreed.</blockquote>", "<ul><li>Water</li></ul>",
]
with open("t.html", "w") as file:
    file.write(f"<!doctype html><html><head><title>Port</title></head><body>{''.join(BLOCKS)}</body></html>")
result = extract_file_sync("t.html")
print(repr(result.content))
for words in ("Berths", "North pier is open.", "Water"):
    assert words in result.content, words
for words in ("South pier", "Elm Street", "Voltage", "230", "As agreed"):
    assert words not in result.content, f"{words} is read now"
PY
python look.py
