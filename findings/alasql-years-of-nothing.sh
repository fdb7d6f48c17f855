#!/usr/bin/env bash
# AlaSQL counts contracts by the year in which they end (YEAR, MONTH, DAY, DATEDIFF); one has no end (null).
# Expected: null for that one, as all functions of SQL give for null, and as null + 1 is nothing here.
# Happens: 1970, January, the first: null is taken for the zero of the clock. DATEDIFF says some 19,800 days, and UPPER
#   gives the word NULL.
# Matters: open contracts, unpaid bills and unread mails count as those of 1970; "ends before 2025" finds them all.
# Source: SQL:2016 (extract of null is null); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node alasql@4.19.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import alasql from "alasql";

const contracts = [{ end: "2024-03-05" }, { end: null }];
const seen = alasql("SELECT YEAR(`end`) AS y, MONTH(`end`) AS m, DAY(`end`) AS d FROM ?", [contracts]);
const early = alasql("SELECT COUNT(*) AS n FROM ? WHERE YEAR(`end`) < 2000", [contracts])[0].n;
console.log(seen, early, alasql("SELECT UPPER(`end`) AS u FROM ?", [contracts]));
assert.deepEqual(seen[0], { y: 2024, m: 3, d: 5 });
assert.deepEqual([seen[1], early], [{ y: 1970, m: 1, d: 1 }, 1], "the year of null is null now");
JS
node look.mjs
