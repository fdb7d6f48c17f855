#!/usr/bin/env bash
# node-tnef (npm) reads a winmail.dat, the wrapper that Outlook puts around mails; its attachment has two names, as in the days of
#   DOS: "LEASE2~1.PDF", and the long one, "Lease 2024, signed.pdf".
# Expected: the long one, or both, as tnefparse gives them.
# Happens: only the short one ("Title"); the long one, and the kind of the file, are left out: of an attachment's own properties
#   none is handed on. Body is bytes in UTF-16, not text.
# Matters: the attachments of a mail are called INVOIC~1.PDF and INVOIC~2.PDF, and names, by which they are sought, are lost.
# Source: MS-OXTNEF (attAttachTitle has the short name; attAttachment has the other properties); MS-OXPROPS
#   (PidTagAttachLongFilename); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node node-tnef@1.4.0
with_python tnefparse==1.4.0
cat > make.py <<'PY'
import struct

from tnefparse import TNEF

LONG = "Lease 2024, signed.pdf"


def attribute(level, number, kind, data):
    return struct.pack("<BHHI", level, number, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def text(number, value):
    data = value.encode("utf-16-le") + b"\0\0"
    return struct.pack("<HHII", 0x1F, number, 1, len(data)) + data + b"\0" * (-len(data) % 4)


made = b"".join(
    (
        struct.pack("<IH", 0x223E9F78, 1),
        attribute(1, 0x9006, 8, struct.pack("<I", 0x10000)),
        attribute(1, 0x9007, 6, struct.pack("<II", 1252, 0)),
        attribute(1, 0x9003, 6, struct.pack("<I", 1) + text(0x1000, "See the lease")),
        attribute(2, 0x9002, 6, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 0, 0, 0)),
        attribute(2, 0x8010, 1, b"LEASE2~1.PDF\0"),
        attribute(2, 0x800F, 6, b"rent 950"),
        attribute(2, 0x9005, 6, struct.pack("<I", 2) + text(0x3707, LONG) + text(0x370E, "application/pdf")),
    )
)
with open("winmail.dat", "wb") as file:
    file.write(made)
read = TNEF(made)
print("tnefparse", read.body, [(found.name, found.long_filename()) for found in read.attachments])
assert [found.long_filename() for found in read.attachments] == [LONG]
PY
python make.py
cat > look.js <<'JS'
const assert = require("node:assert");
const { readFileSync } = require("node:fs");
const { parseBuffer } = require("node-tnef");

parseBuffer(readFileSync("winmail.dat"), (error, content) => {
    const [file] = content.Attachments;
    console.log(error, Object.keys(file), file.Title, Buffer.from(file.Data).toString(), content.Body.length);
    assert.deepEqual(Object.keys(file), ["Title", "Data"], "more is told of a file now");
    assert.equal(file.Title, "LEASE2~1.PDF", "the long name is given now");
    assert.equal(JSON.stringify(content).includes("Lease 2024"), false);
    assert.equal(Buffer.from(content.Body).toString("utf16le"), "See the lease\0", "the body is text now");
});
JS
node look.js
