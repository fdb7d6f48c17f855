#!/usr/bin/env bash
# mammoth, python-docx and pandoc read a sentence of a Word file in which words have a direction of their own (w:bdo,
#   w:dir), as files with Hebrew or Arabic names, numbers and brackets have them.
# Expected: the sentence: the two say which way their runs are set, and are no tracked change, field or box.
# Happens: all three leave out the runs within: "The tenant  pays  euros."
# Matters: names and amounts, for whose sake the direction is set at all, are missing in documents that mix Hebrew or Arabic
#   with English; nothing tells that they are. docx2txt and word-extractor give them.
# Source: ECMA-376 part 1, 17.3.2.3 (bdo) and 17.3.2.8 (dir); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python mammoth==1.13.0 python-docx==1.2.0 pypandoc_binary==1.17 docx2txt==0.9
with_docx_writer
cat > look.py <<'PY'
import docx, docx2txt, mammoth, pypandoc
from docx_file import run, write_docx

name = f'<w:dir w:val="rtl">{run("דנה לוי")}</w:dir>'
amount = f'<w:bdo w:val="ltr">{run("1,950")}</w:bdo>'
write_docx("lease.docx", run("The tenant ") + name + run(" pays ") + amount + run(" euros."))
with open("lease.docx", "rb") as file:
    texts = {"mammoth": mammoth.extract_raw_text(file).value}
texts["python-docx"] = docx.Document("lease.docx").paragraphs[0].text
texts["pandoc"] = pypandoc.convert_file("lease.docx", "plain")
print(pypandoc.get_pandoc_version(), texts, docx2txt.process("lease.docx"))
assert docx2txt.process("lease.docx") == "The tenant דנה לוי pays 1,950 euros."
assert {" ".join(text.split()) for text in texts.values()} == {"The tenant pays euros."}, "the words are read now"
PY
python look.py
