#!/usr/bin/env bash
# jsonexport writes rows with dates to CSV: a Date of 5 March 2024, 22:30.
# Expected: the time in a form that can be read back, as JSON has it (2024-03-05T22:30:00.000Z), or csv-stringify's number of milliseconds.
# Happens: 3/5/2024: the date in the writing of the machine's language, without the time of day. Read as day and month elsewhere it is the
#   3rd of May.
# Matters: logs, bookings and shifts lose their hours in an export, for good, and rows of one day are all alike.
# Source: RFC 8259 has no dates, ECMAScript's Date.prototype.toJSON (ISO with the time); jsonexport's README (converts JSON to CSV);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node jsonexport@3.2.0 csv-stringify@6.9.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { stringify } from "csv-stringify/sync";
import jsonexport from "jsonexport";

const rows = [6, 22].map((hour) => ({ begins: new Date(Date.UTC(2024, 2, 5, hour, 30)) }));
const seen = await jsonexport(rows);
const other = stringify(rows);
console.log(JSON.stringify(seen), JSON.stringify(other));
assert.equal(new Set(other.trim().split("\n")).size, 2);
assert.equal(seen, "begins\n3/5/2024\n3/5/2024", "times of day are written now");
JS
TZ=UTC LANG=en_US.UTF-8 LC_ALL=en_US.UTF-8 node look.mjs
