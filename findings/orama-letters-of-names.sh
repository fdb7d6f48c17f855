#!/usr/bin/env bash
# Orama searches names of an English list: "Müller", "Peña", "Ångström".
# Expected: the one with that name, alone or first: "naïve" and "café" are found in English texts as well.
# Happens: letters that the index's language does not use part words: Peña is "pe" and "a", Müller is "m" and "ller". As a word
#   also finds what begins with it, "Müller" finds March and 3.5 mm, and "Peña" has Anna and Aaron before Zoë Peña.
# Matters: lists of people, places and firms in any language have such names; the wrong person stands first.
# Source: Orama's documentation (languages set stemming and tokenizing; tolerance is 0 unless set); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @orama/orama@3.1.18
cat > look.mjs <<'JS'
import assert from "node:assert";
import { create, insert, search } from "@orama/orama";

const TEXTS = ["Zoë Peña", "Anna Aaron", "Hans Müller", "closed in March", "3.5 mm", "naïve café"];
const index = create({ schema: { text: "string" } });
for (const text of TEXTS) await insert(index, { text });
const found = async (term) => (await search(index, { term })).hits.map((hit) => hit.document.text);
const seen = { naïve: await found("naïve"), Peña: await found("Peña"), Müller: await found("Müller") };
console.log(JSON.stringify(seen));
assert.deepEqual(seen.naïve, ["naïve café"]);
assert.deepEqual(seen.Peña, ["Anna Aaron", "Zoë Peña"], "Peña is a word now");
assert.deepEqual(seen.Müller.slice().sort(), ["3.5 mm", "Hans Müller", "closed in March"], "Müller is a word now");
JS
node look.mjs
