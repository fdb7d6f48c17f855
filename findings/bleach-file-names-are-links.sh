#!/usr/bin/env bash
# bleach makes the addresses of web pages in an answer into links (linkify); the answer names files.
# Expected: only www.example.com is a link: a file's name has neither http:// nor www.
# Happens: README.md, setup.py, run.sh and notes.info are links to web sites of that name: .md, .py, .sh and .info are
#   domains of Moldova, Paraguay, St Helena and all the world. report.pdf and a.zip are not.
# Matters: the source that an answer cites leads to a stranger's web site; such names are for sale.
# Source: bleach's documentation of linkify (converts URL-like strings to links); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python bleach==6.4.0
cat > look.py <<'PY'
import re

import bleach

ANSWER = "See README.md, setup.py, run.sh, notes.info, report.pdf, a.zip and www.example.com."
links = re.findall(r'href="([^"]+)"', bleach.linkify(ANSWER))
print(links)
assert "http://www.example.com" in links and not any("report" in link or "zip" in link for link in links), links
assert links[:4] == ["http://README.md", "http://setup.py", "http://run.sh", "http://notes.info"], "files are no links now"
PY
python look.py
