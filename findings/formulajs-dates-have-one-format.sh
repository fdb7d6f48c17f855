#!/usr/bin/env bash
# formulajs writes a date by a format: TEXT(date, "dd/mm/yyyy"), also "d mmm yy", "dddd" and "hh:mm", of 3 May 2024, 14:05.
# Expected: 03/05/2024, 3 May 24, Friday and 14:05, or an error for formats that it does not know.
# Happens: 2024-05-03 for all: once the value is a date, the format is not looked at. The time of day cannot be had.
# Matters: letters and labels that join words and dates ("open from "&TEXT(A1,"hh:mm")) carry another text without an error, and rows
#   grouped by TEXT(date,"mmm") are grouped by day.
# Source: Microsoft's page on TEXT (its examples are such formats); formulajs' README (most functions of Excel); what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node @formulajs/formulajs@4.6.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { TEXT } from "@formulajs/formulajs";

const date = new Date(2024, 4, 3, 14, 5);
const seen = ["yyyy-mm-dd", "dd/mm/yyyy", "d mmm yy", "dddd", "hh:mm", "mmm"].map((format) => TEXT(date, format));
console.log(seen, TEXT(1234.567, "#,##0.00"));
assert.equal(TEXT(1234.567, "#,##0.00"), "1,234.57");
assert.deepEqual(seen, Array(6).fill("2024-05-03"), "formats of dates are followed now");
JS
TZ=UTC node look.mjs
