#!/usr/bin/env bash
# to-words (npm) writes 120,000 and 12,345,678 in words in Chinese and Japanese, as invoices have them.
# Expected: 十二万 and 一千二百三十四万五千六百七十八: there is one word for ten thousand, and what stands before it is counted in it; so
#   to-words does it in Korean, which counts the same way.
# Happens: 十万 二 万 and 千万 二 百万 三 十万 四 万 ...: ten thousand is said for each figure, as if one said "a hundred thousand twenty
#   thousand"; 21,000,000 becomes 二 千万 百万, "twenty million million".
# Matters: the amount cannot be read back; of all sums from 110,000 on, which in these currencies is everyday money, words and figures
#   do not agree.
# Source: to-words' README (Chinese and Japanese among its languages); numbers in Unicode's CLDR (rule-based number formats, zh and
#   ja); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node to-words@5.7.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { ToWords } from "to-words";

const words = (localeCode, number) => new ToWords({ localeCode }).convert(number).replaceAll(" ", "");
for (const locale of ["zh-CN", "ja-JP"]) {
  const seen = [120000, 12345678, 21000000].map((number) => words(locale, number));
  console.log(locale, seen);
  assert.deepEqual(seen, ["十万二万", "千万二百万三十万四万五千六百七十八", "二千万百万"], "ten thousand is said once now");
}
assert.equal(words("ko-KR", 120000), "십이만");
JS
node look.mjs
