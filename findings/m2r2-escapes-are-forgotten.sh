#!/usr/bin/env bash
# m2r2 turns Markdown into reStructuredText; signs are escaped in it, as Markdown asks for: "a 4\* inn, a 5\* hotel",
#   "\*required\*", "use \`make\`".
# Expected: the signs on the page, by escapes of reStructuredText, whose marks are the same.
# Happens: they are written bare: "\*required\*" is in italics without its stars, and "\`make\`" is a title without quotes.
# Matters: escapes are there because the sign is meant: footnotes by star, globs and formulas change or vanish.
# Source: CommonMark, 2.4 (backslash escapes); docutils' specification (escaping mechanism; "*" and "`" begin inline markup);
#   pandoc writes the escapes; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python m2r2==2.1.0 docutils==0.23 mistune==3.3.4 pypandoc_binary==1.17
cat > look.py <<'PY'
import m2r2
import pypandoc
from docutils.core import publish_string

SENTENCE = r"Fields with \*stars\* and \`ticks\` stay."


def page(text):
    settings = {"output_encoding": "unicode", "report_level": 5}
    html = publish_string(text, writer="html5", settings_overrides=settings)
    return html.split("<p>")[1].split("</p>")[0]


right, seen = page(pypandoc.convert_text(SENTENCE, "rst", "commonmark")), page(m2r2.convert(SENTENCE))
print("pandoc:", right, "m2r2:", seen)
assert right == "Fields with *stars* and `ticks` stay."
assert seen == "Fields with <em>stars</em> and <cite>ticks</cite> stay.", "escapes are kept now"
PY
python look.py
