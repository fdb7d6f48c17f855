#!/usr/bin/env bash
# bytes (npm), which reads the limits of body-parser and Express, reads "1GiB", "1,5 GB" and "1 000 KB".
# Expected: 1073741824 for the first, whose unit is the standard's name for just that; for the others a number, or null, as for
#   "many".
# Happens: 1, for all three: what is not understood behind the first figures is dropped, and they count as bytes.
# Matters: a limit of "20MiB" lets 20 bytes through and every upload is refused; a quota of "1,5 GB" is one byte. Docker,
#   Kubernetes and systemd write sizes in MiB, and other readers of sizes understand it.
# Source: IEC 80000-13 (KiB, MiB, GiB are powers of 1024, which is what bytes counts in); bytes' README (null for what cannot be
#   parsed); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node bytes@3.1.2
cat > look.mjs <<'JS'
import assert from "node:assert";
import bytes from "bytes";

assert.equal(bytes.parse("1GB"), 1073741824);
assert.equal(bytes.parse("many"), null);
const seen = Object.fromEntries(["1GiB", "20MiB", "1,5 GB", "1 000 KB"].map((text) => [text, bytes.parse(text)]));
console.log(JSON.stringify(seen));
assert.deepEqual(seen, { "1GiB": 1, "20MiB": 20, "1,5 GB": 1, "1 000 KB": 1 }, "the units are read or refused now");
JS
node look.mjs
