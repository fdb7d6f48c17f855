#!/usr/bin/env bash
# inscriptis, which lays a page out as a browser does, reads a block of code: <pre><code>, as every Markdown program writes
#   it.
# Expected: its lines and their indents, as for the same block without <code>, whose white space is kept by <pre>.
# Happens: all on one line: "def half(x): if x: return x / 2 return 0".
# Matters: programs, configurations and logs of documentation are no longer what they were; YAML and Python cannot be read
#   back.
# Source: HTML Standard, 15.3.3 (pre has white-space: pre, which is inherited); inscriptis's README; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python inscriptis==2.7.6
cat > look.py <<'PY'
import inscriptis

CODE = "def half(x):\n    if x:\n        return x / 2\n    return 0"
plain, marked = (inscriptis.get_text(page) for page in (f"<pre>{CODE}</pre>", f"<pre><code>{CODE}</code></pre>"))
print(repr(plain), repr(marked))
assert plain == CODE
assert marked == "def half(x): if x: return x / 2 return 0", "lines of code are kept now"
PY
python look.py
