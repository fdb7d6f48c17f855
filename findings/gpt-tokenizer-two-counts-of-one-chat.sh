#!/usr/bin/env bash
# gpt-tokenizer counts a chat for gpt-4o in which messages have a name, as in rooms with several people: with encodeChat (and
#   countTokens and isWithinTokenLimit, which use it), and with countChatCompletionTokens.
# Expected: one number: both count the tokens that the service will count, and for messages without names they agree.
# Happens: 8 and 10 tokens: encodeChat puts the name in the place of the role, as older models had it; the other one counts the role, the
#   name and one token more, as OpenAI's guide says for present models. Of a chat of 100 messages 200 are missing.
# Matters: a history that is cut by isWithinTokenLimit is longer than the limit, which leaves too little for the answer.
# Source: OpenAI's cookbook on counting tokens (tokens_per_name is 1, beside the role's); the package's README (encodeChat); what was seen by
#   this script.
. "$(dirname "$0")/lib.sh"
with_node gpt-tokenizer@4.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { countChatCompletionTokens, countTokens, decode, encodeChat, isWithinTokenLimit } from "gpt-tokenizer/model/gpt-4o";

const counts = (messages) => [encodeChat(messages).length, countTokens(messages), countChatCompletionTokens({ messages })];
const plain = counts([{ role: "user", content: "hi" }]);
const named = counts([{ role: "user", name: "Anna", content: "hi" }]);
const hundred = Array.from({ length: 100 }, () => ({ role: "user", name: "Anna", content: "hi" }));
const words = decode(encodeChat(hundred.slice(0, 1)));
console.log(plain, named, words, counts(hundred), isWithinTokenLimit(hundred, 600));
assert.deepEqual(plain, [8, 8, 8]);
assert.deepEqual(named, [8, 8, 10], "both count names alike now");
assert.deepEqual(counts(hundred), [503, 503, 703], "both count chats alike now");
assert.ok(words.includes("Anna") && !words.includes("user"), "the role stands beside the name now");
JS
node look.mjs
