#!/usr/bin/env bash
# tnefparse reads a winmail.dat, the wrapper that Outlook puts around mails; its attachment is named "Übersicht.pdf", and the file says
#   that its texts are in Windows-1252.
# Expected: that name: the code page stands in the file (attOemCodepage), and tnefparse uses it for texts of other properties.
# Happens: name, long_filename and dump end with a UnicodeDecodeError: the name is read as UTF-8. The data of the file can be had, its
#   name cannot; where a name for Unicode stands beside it, long_filename gives that one.
# Matters: one attachment with an umlaut or accent, and a loop over all attachments of the mail ends; who catches the error has files
#   without a type.
# Source: MS-OXTNEF (attOemCodepage: the code page of texts such as attAttachTitle); tnefparse/tnef.py (name: decode()
#   without a code page); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python tnefparse==1.4.0
cat > look.py <<'PY'
import struct

from tnefparse import TNEF


def attribute(level, number, kind, data):
    return struct.pack("<BHHI", level, number, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def wrapper(name):
    return b"".join(
        (
            struct.pack("<IH", 0x223E9F78, 1),
            attribute(1, 0x9006, 8, struct.pack("<I", 0x10000)),
            attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0)),
            attribute(2, 0x9002, 6, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0)),
            attribute(2, 0x8010, 1, name.encode("cp1252") + b"\0"),
            attribute(2, 0x800F, 6, b"rent 950"),
        )
    )


def tried(read):
    try:
        return read()
    except UnicodeDecodeError:
        return "UnicodeDecodeError"


seen = {}
for name in ("Overview.pdf", "Übersicht.pdf"):
    file = TNEF(wrapper(name))
    (found,) = file.attachments
    seen[name] = [tried(lambda: found.name), tried(found.long_filename), found.data]
print(TNEF(wrapper("a")).codepage, seen)
assert seen["Overview.pdf"] == ["Overview.pdf", "Overview.pdf", b"rent 950"]
assert seen["Übersicht.pdf"] == ["UnicodeDecodeError", "UnicodeDecodeError", b"rent 950"], "the code page counts for names now"
PY
python look.py
