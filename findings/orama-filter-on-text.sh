#!/usr/bin/env bash
# Orama filters its search by a field that holds text: where: { status: "not paid" }.
# Expected: the documents whose status is "not paid".
# Happens: every document whose status has one of the words: "paid" and "paid in part" as well as "not paid". The text of
#   the filter is cut into words, and any of them is enough. A field of the type "enum" is compared as a whole.
# Matters: a filter by customer, folder or state shows those of others: "Smith & Sons" also lets "Jones & Sons" through.
# Source: Orama's documentation of filters (string fields: matching of tokens; the example says that the field is equal);
#   what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node @orama/orama@3.1.18
cat > look.mjs <<'JS'
import assert from "node:assert";
import { create, insert, search } from "@orama/orama";

const db = create({ schema: { text: "string", status: "string", kind: "enum" } });
for (const status of ["paid", "not paid", "paid in part", "open"]) insert(db, { text: "invoice", status, kind: status });
const found = (where) => search(db, { term: "invoice", where }).hits.map((hit) => hit.document.status).sort();
const text = found({ status: "not paid" });
const whole = found({ kind: { eq: "not paid" } });
console.log({ text, whole });
assert.deepEqual(whole, ["not paid"]);
assert.deepEqual(text, ["not paid", "paid", "paid in part"], "the whole text is compared now");
JS
node look.mjs
