#!/usr/bin/env bash
# Ghostscript gives the text (txtwrite) of a PDF that Typst made: words with fi, fl and ffi, "five offices, first floor".
# Expected: these words, as pdftotext and libpdfium have them.
# Happens: Chinese signs for the two letters: "昀椀ve", "昀氀oor", "o昀케ces": the file says that one glyph stands for f and i, as
#   two units of 16 bits, and their bytes are taken the other way round: U+6600 U+6900. Single letters are right.
# Matters: in texts that are set well every tenth word has such letters; none of these words is found, and the language looks
#   mixed.
# Source: PDF 1.7, 9.10.3 (ToUnicode: UTF-16 with the high byte first, one or more signs); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_debian "ghostscript=10.0.0~dfsg-11*" "libgs10=10.0.0~dfsg-11*" "libgs-common=10.0.0~dfsg-11*" "libgs10-common=10.0.0~dfsg-11*" \
    poppler-data=0.4.12-1
with_python typst==0.15.2 pypdfium2==5.15.2
resources=$(echo "$work"/debian/usr/share/ghostscript/*/Resource)
ln -sfn "$work/debian/usr/share/poppler/cMap" "$resources/CMap"
export GS_LIB="$resources/Init" GS_OPTIONS="-sGenericResourceDir=$resources/"
cat > look.py <<'PY'
import subprocess
import pypdfium2, typst

with open("offices.typ", "w") as file:
    file.write("five offices, first floor")
typst.compile("offices.typ", output="offices.pdf")
program = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite", "-sOutputFile=-", "offices.pdf"]
text = subprocess.check_output(program, text=True).strip()
print(subprocess.check_output(["gs", "--version"], text=True), text)
assert pypdfium2.PdfDocument("offices.pdf")[0].get_textpage().get_text_range().strip() == "five offices, first floor"
assert text.startswith("\u6600\u6900ve o") and "\u6600\u6c00oor" in text, "letters are read now"
PY
python look.py
