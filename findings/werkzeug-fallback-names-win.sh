#!/usr/bin/env bash
# Werkzeug and pyrfc6266 (PyPI) read the name of a download whose server gives it twice, the full one first:
#   attachment; filename*=UTF-8''M%C3%BCller.pdf; filename="Mller.pdf".
# Expected: Müller.pdf, whatever comes first: the one with the star is preferred by those that know it, and the other is for old readers.
# Happens: Werkzeug's parse_options_header gives Mller.pdf; in the other order it gives Müller.pdf: the last one wins.
# Matters: which name comes out hangs on the server's order; the fallback has lost its letters, and two files can get one name.
# Source: RFC 6266, 4.3 (filename* is to be preferred); Werkzeug's documentation (parse_options_header does RFC 2231); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_python werkzeug==3.1.9 pyrfc6266==1.0.2
cat > look.py <<'PY'
import pyrfc6266
from werkzeug.http import parse_options_header

full, short = "filename*=UTF-8''M%C3%BCller.pdf", 'filename="Mller.pdf"'
headers = [f"attachment; {short}; {full}", f"attachment; {full}; {short}"]
with_werkzeug = [parse_options_header(header)[1]["filename"] for header in headers]
other = [pyrfc6266.parse_filename(header) for header in headers]
print("Werkzeug", with_werkzeug, "pyrfc6266", other)
assert other == ["Müller.pdf", "Müller.pdf"]
assert with_werkzeug == ["Müller.pdf", "Mller.pdf"], "the full name is preferred now"
PY
python look.py
