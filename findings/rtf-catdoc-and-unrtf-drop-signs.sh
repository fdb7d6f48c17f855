#!/usr/bin/env bash
# catdoc and unrtf (Debian's) read RTF with a line break (\line), a number with a non-breaking hyphen (PPR\_9087), braces
#   (\{x\}) and a table of two rows; pandoc reads the same file.
# Expected: two lines, "PPR-9087", "{x}", and cells and rows apart.
# Happens: catdoc has "Elm Street 4Springfield", "PPR9087", "x" and "North950South700"; unrtf has "PPR9087" as well, in HTML
#   too, and the rest right.
# Matters: order numbers of such files are found by no search, addresses and amounts grow together; both are what scripts for
#   old office files call.
# Source: RTF 1.9.1 (special characters: \line, \_; \cell, \row); the manuals of both; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_debian "catdoc=1:0.95-6*" unrtf=0.21.10-clean-1
with_python pypandoc_binary==1.17
printf 'charset_path=%s\nmap_path=%s\n' "$work/debian/usr/share/catdoc" "$work/debian/usr/share/catdoc" > .catdocrc
cat > look.py <<'PY'
import subprocess
import pypandoc

ROW = r"\trowd\cellx3000\cellx6000\pard\intbl {}\cell {}\cell\row"
rows = "\n".join(ROW.format(*cells) for cells in (("North", "950"), ("South", "700")))
text = r"{\rtf1\ansi\deff0{\fonttbl{\f0\fswiss Arial;}}\pard Elm Street 4\line Springfield\par Order PPR\_9087 is \{x\}\par"
with open("order.rtf", "w", encoding="ascii") as file:
    file.write(f"{text}\n{rows}\n\\pard End\\par}}\n")
catdoc, unrtf = (
    subprocess.run([*program, "order.rtf"], capture_output=True, check=True, text=True).stdout
    for program in (["catdoc", "-d", "utf-8"], ["unrtf", "-P", "debian/usr/share/unrtf/", "--html", "--nopict"])
)
print(catdoc, unrtf, pypandoc.convert_file("order.rtf", "plain"), sep="\n---\n")
for seen in ("Elm Street 4Springfield", "PPR9087 is x", "North950South700"):
    assert seen in catdoc, "signs are kept now"
assert "PPR9087 is {x}" in unrtf and "<td>950" in unrtf, "hyphens are kept now"
PY
HOME=$work python look.py
