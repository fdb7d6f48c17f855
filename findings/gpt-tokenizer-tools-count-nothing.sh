#!/usr/bin/env bash
# gpt-tokenizer counts the tokens of a request to OpenAI (countChatCompletionTokens) that offers a tool to the model, and one in which the
#   model has called it.
# Expected: the description of the tool counts, as the same description does under "functions", the older name: 52 tokens, where a plain
#   request has 8. The words of a call count as well; or an error that tools are not known.
# Happens: "tools" and "tool_calls" are passed over: 8 tokens, as without them. "tools" has taken the place of "functions".
# Matters: requests with several tools are thousands of tokens longer than counted; limits and costs that rest on the count are too low, and
#   the service refuses the request.
# Source: OpenAI's reference of chat completions (functions is deprecated for tools); gpt-tokenizer's README (function calling); its
#   functionCalling.js; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node gpt-tokenizer@4.0.0
cat > look.mjs <<'JS'
import assert from "node:assert";
import { countChatCompletionTokens } from "gpt-tokenizer/model/gpt-4o";

const properties = { query: { type: "string", description: "the words to look for" }, limit: { type: "integer" } };
const search = { name: "search", description: "Looks texts up", parameters: { type: "object", properties, required: ["query"] } };
const messages = [{ role: "user", content: "hi" }];
const call = { name: "search", arguments: '{"query": "the rent of the flat in March"}' };
const asked = (more) => countChatCompletionTokens({ messages: [...messages, { role: "assistant", content: "", ...more }] });
const seen = {
    plain: countChatCompletionTokens({ messages }),
    functions: countChatCompletionTokens({ messages, functions: [search] }),
    tools: countChatCompletionTokens({ messages, tools: [{ type: "function", function: search }] }),
    answer: asked({}),
    function_call: asked({ function_call: call }),
    tool_calls: asked({ tool_calls: [{ id: "1", type: "function", function: call }] }),
};
console.log(seen);
assert.ok(seen.functions > seen.plain + 30 && seen.function_call > seen.answer + 10);
assert.equal(seen.tools, seen.plain, "tools count now");
assert.equal(seen.tool_calls, seen.answer, "calls of tools count now");
JS
node look.mjs
