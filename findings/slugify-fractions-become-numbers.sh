#!/usr/bin/env bash
# slugify (npm) makes parts of addresses and file names of titles with figures: "1/2 inch pipe", "1,5 m cable", "24/7 support".
# Expected: 1-2-inch-pipe, 1-5-m-cable, 24-7-support, as @sindresorhus/slugify makes them: what separates figures becomes a hyphen.
# Happens: 12-inch-pipe, 15-m-cable, 247-support: slash and comma go without a trace, and so do the ½ of "½ cup" and the minus of
#   "−5 degrees". "12 inch pipe" has the same slug as the half inch.
# Matters: two things share a page or a file, and one overwrites the other; the number in the address is another one than in
#   the title.
# Source: slugify's README (replaces blanks; a pattern for what is to be removed); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node slugify@1.6.9 @sindresorhus/slugify@3.0.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import other from "@sindresorhus/slugify";
import slugify from "slugify";

const titles = ["1/2 inch pipe", "12 inch pipe", "1,5 m cable", "24/7 support", "½ cup"];
console.log(titles.map((title) => slugify(title)), titles.map((title) => other(title)));
assert.equal(other("1/2 inch pipe"), "1-2-inch-pipe");
assert.equal(slugify("1/2 inch pipe"), slugify("12 inch pipe"), "a slash leaves a hyphen now");
assert.deepEqual([slugify("1,5 m cable"), slugify("½ cup")], ["15-m-cable", "cup"], "commas and fractions are kept now");
JS
node look.mjs
