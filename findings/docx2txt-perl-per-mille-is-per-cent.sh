#!/usr/bin/env bash
# docx2txt, the Perl program that Debian has under this name, gives the text of a Word file with signs beyond ASCII: "2½ mg",
#   "5 ‰", "10–12", and a word with a soft hyphen.
# Expected: these signs: the program writes UTF-8, and letters such as ü and 漢 come out as they are.
# Happens: "2(1/2) mg", "5 %.", "10 - 12" and "contrac - tor". No setting of the command line turns it off.
# Matters: a share of five per mille is read as five per cent, a dose is no number, a range is a subtraction, and words with
#   soft hyphens are found by no search.
# Source: the program's manual, which speaks of characters that are mapped, not of which; Unicode's chart U+2000 (per mille);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_debian docx2txt=1.4-5
with_docx_writer
cat > make.py <<'PY'
from docx_file import run, write_docx

paragraphs = ["Müller, 漢字", "2½ mg", "5 ‰", "10–12"]
write_docx("signs.docx", *map(run, paragraphs), "<w:r><w:t>contrac</w:t><w:softHyphen/><w:t>tor</w:t></w:r>")
PY
sed -i "s/<w:p>/<w:p w:rsidR='00000001'>/" docx_file.py
python3 make.py
docx2txt signs.docx seen.txt
cat seen.txt
printf '%s\n' 'Müller, 漢字' '2(1/2) mg' '5 %.' '10 - 12' 'contrac - tor' > expected.txt
diff <(grep . seen.txt) expected.txt || { echo "signs are kept now" >&2; exit 1; }
