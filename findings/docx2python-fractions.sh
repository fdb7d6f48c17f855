#!/usr/bin/env bash
# docx2python reads formulas of a Word file and hands them over between <latex> and </latex>: (a+b)/c, a square, a root.
# Expected: LaTeX, \frac{a+b}{c} and x^2, as the mark says and as pandoc and officeparser give it; or no mark.
# Happens: the signs of the formula one after the other, for any form: "<latex>a+bc</latex>", "<latex>x2</latex>", and "9"
#   for the root of 9.
# Matters: the marks tell a program, or a language model, that this is mathematics; it computes with another formula.
# Source: docx2python's README (it extracts equations); ECMA-376 part 1, 22.1.2 (f, sSup, rad); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_python docx2python==3.7.1 pypandoc_binary==1.17
with_docx_writer
cat > look.py <<'PY'
import pypandoc
import docx_file
from docx2python import docx2python
from docx_file import write_docx

docx_file.NAMESPACES["r"] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def signs(text):
    return f"<m:r><m:t>{text}</m:t></m:r>"


FRACTION = f"<m:f><m:num>{signs('a+b')}</m:num><m:den>{signs('c')}</m:den></m:f>"
SQUARE = f"<m:sSup><m:e>{signs('x')}</m:e><m:sup>{signs('2')}</m:sup></m:sSup>"
ROOT = f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{signs("9")}</m:e></m:rad>'
write_docx("formulas.docx", *(f"<m:oMath>{formula}</m:oMath>" for formula in (FRACTION, SQUARE, ROOT)))
print(pypandoc.convert_file("formulas.docx", "gfm").split())
lines = docx2python("formulas.docx").text.split()
print(lines)
assert lines == ["<latex>a+bc</latex>", "<latex>x2</latex>", "<latex>9</latex>"], "formulas keep their form now"
PY
python look.py
