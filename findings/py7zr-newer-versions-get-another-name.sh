#!/usr/bin/env bash
# py7zr adds a newer version of a file to an archive (mode "a"), under the name that it has there, and unpacks the archive.
# Expected: the newer version under that name, as zipfile and tarfile of Python give it; or an error when it is added.
# Happens: the old one has the name, and the newer one is a file "a.txt_0" beside it; no message. The list of names has the name twice.
# Matters: an archive that is kept up to date day by day gives back the first day, and a hundred files of strange types: "_0" is behind
#   the ending, so that no program knows them.
# Source: py7zr's documentation (mode "a" appends; the names of repeated files are not told); zipfile's and tarfile's: the last member of
#   a name counts; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python py7zr==1.1.4
cat > look.py <<'PY'
import zipfile
from pathlib import Path

import py7zr

for mode, text in (("w", "rent 900"), ("a", "rent 950")):
    with py7zr.SevenZipFile("made.7z", mode) as archive:
        archive.writestr(text, "a.txt")
    with zipfile.ZipFile("made.zip", mode) as archive:
        archive.writestr("a.txt", text)
with py7zr.SevenZipFile("made.7z") as archive:
    names = archive.getnames()
    archive.extractall("seven")
with zipfile.ZipFile("made.zip") as archive:
    archive.extractall("zip")
seen = [{file.name: file.read_text() for file in sorted(Path(folder).iterdir())} for folder in ("zip", "seven")]
print(names, seen)
assert seen[0] == {"a.txt": "rent 950"}, seen[0]
assert seen[1] == {"a.txt": "rent 900", "a.txt_0": "rent 950"}, "the newer version has the name now"
PY
python -W ignore look.py
