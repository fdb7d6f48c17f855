#!/usr/bin/env bash
# Microsoft's recognizers-text-number (npm) reads Japanese numbers in characters: 五千三百万 (53 million), 二百五十万 (2.5 million).
# Expected: 53000000 and 2500000: 五千万 is 50000000 there, and the Chinese reader gives 2500000 for the same characters.
# Happens: the last character, 万 (times ten thousand), is cut off when two or more others with units stand before it: 5300 and 250.
#   一億二千万 (120 million) is 100002000.
# Matters: amounts of contracts, statistics and news are ten thousand times too small, and round ones are right.
# Source: README of Recognizers-Text (Japanese is supported in part); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @microsoft/recognizers-text-number@1.3.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import numbers from "@microsoft/recognizers-text-number";

const read = (text, culture = "ja-jp") => numbers.recognizeNumber(text, culture).map((hit) => [hit.text, hit.resolution.value]).flat();
const right = [read("五千万"), read("二百五十万", "zh-cn")];
const wrong = ["五千三百万円", "二百五十万", "一億二千万"].map((text) => read(text));
console.log(right, wrong);
assert.deepEqual(right, [["五千万", "50000000"], ["二百五十万", "2500000"]]);
assert.deepEqual(wrong, [["五千三百", "5300"], ["二百五十", "250"], ["一億二千", "100002000"]], "the last character is read now");
JS
node look.mjs
