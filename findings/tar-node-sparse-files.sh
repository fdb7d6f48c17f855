#!/usr/bin/env bash
# tar-stream and tar (npm) read an archive that GNU tar made with --sparse, in the old form (gnu) and the new one (posix);
#   its file has 64 KiB of zeros, then "rent 950".
# Expected: the file, 65,544 bytes, as GNU tar and Python's tarfile give it; or an error.
# Happens: tar-stream gives another file: 8 bytes without the zeros; in the new form it is named GNUSparseFile.0/… and a map
#   of numbers stands before its data. tar skips the old form without a word, and gives the new one as tar-stream does.
# Matters: disk images, databases and logs are stored so; what is taken out has another length, and no error says so.
# Source: GNU tar's manual (storing sparse files; its formats 0.0 to 1.0); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node tar-stream@3.2.2 tar@7.5.23
printf '%s\n' "$(tar --version | head -1)"
truncate --size 65536 disk.img
printf 'rent 950' >> disk.img
for form in gnu posix; do tar --sparse --hole-detection=raw --format="$form" -cf "$form.tar" disk.img; done
python3 - <<'PY'
import tarfile

for form in ("gnu", "posix"):
    with tarfile.open(f"{form}.tar") as archive:
        file = archive.extractfile("disk.img").read()
        print("tarfile:", form, len(file))
        assert file == bytes(65536) + b"rent 950"
PY
cat > look.mjs <<'JS'
import assert from "node:assert";
import fs from "node:fs";
import { buffer } from "node:stream/consumers";
import * as tar from "tar";
import { extract } from "tar-stream";

const seen = {};
for (const form of ["gnu", "posix"]) {
  const entries = fs.createReadStream(`${form}.tar`).pipe(extract());
  for await (const entry of entries) seen[form] = [entry.header.name, (await buffer(entry)).length];
  const names = [];
  await tar.list({ file: `${form}.tar`, onReadEntry: (entry) => names.push(entry.path) });
  seen[`tar ${form}`] = names;
}
console.log(seen);
assert.equal(seen.gnu[0], "disk.img");
const sizes = [seen.gnu[1], seen.posix[1]];
assert.deepEqual(sizes, [8, 520], "sparse files are read now");
assert.match(seen.posix[0], /GNUSparseFile\.\d+\/disk\.img$/, "names are right now");
assert.deepEqual(seen["tar gnu"], [], "the old form is listed now");
assert.match(seen["tar posix"][0], /GNUSparseFile/);
JS
node look.mjs
