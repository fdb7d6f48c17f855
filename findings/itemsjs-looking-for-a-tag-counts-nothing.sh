#!/usr/bin/env bash
# itemsjs (npm) looks for a tag among the tags of a catalogue, for a field above the list of tags: aggregation({ name: "tags",
#   query: "new" }).
# Expected: the tag "new" with its 2 items, and no other: the documentation says that this query is for filters and no full-text search.
# Happens: all tags with 0 items each: the word is looked for in the names of the items. The word of an item, "pump", gives all tags with their
#   counts of these items.
# Matters: whoever types the name of a tag sees all tags, and that none of them has items.
# Source: itemsjs' README (aggregation: query, used for querying filters, not full-text search); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node itemsjs@2.4.4
cat > look.mjs <<'JS'
import assert from "node:assert";
import itemsjs from "itemsjs";

const ITEMS = [{ name: "small pump", tags: ["new", "blue"] }, { name: "crane", tags: ["new"] }, { name: "pump", tags: ["blue"] }];
const catalogue = itemsjs(ITEMS, { searchableFields: ["name"], aggregations: { tags: {} } });
const look = (query) => Object.fromEntries(catalogue.aggregation({ name: "tags", query }).data.buckets.map((tag) => [tag.key, tag.doc_count]));
const [all, tag, word] = [look(), look("new"), look("pump")];
console.log(all, tag, word);
assert.deepEqual(all, { new: 2, blue: 2 });
assert.deepEqual(tag, { new: 0, blue: 0 }, "tags are looked for now");
assert.deepEqual(word, { new: 1, blue: 2 }, "items are not looked for now");
JS
node look.mjs
