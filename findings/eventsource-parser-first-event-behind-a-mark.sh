#!/usr/bin/env bash
# eventsource-parser (npm, in the AI SDK and MCP's SDK) reads a stream that begins with a byte order mark, as servers write it whose text
#   writers are set to UTF-8 with a mark; Node's setEncoding("utf8") leaves it in the text.
# Expected: the mark is passed over: the standard says so, and the package has a line for it.
# Happens: the package looks for the three bytes of the mark as three letters (239, 187, 191), which are in no decoded text. The mark (U+FEFF)
#   stays with the first field's name: the first event is lost, or has no type. onError alone says "Unknown field".
# Matters: the first event of a stream often says who, which version or which message the rest belongs to.
# Source: WHATWG HTML, 9.2.6 (one leading U+FEFF is ignored); parse.ts of the package; Node's documentation of setEncoding; what was seen by this
#   script.
. "$(dirname "$0")/lib.sh"
with_node eventsource-parser@3.1.1
cat > look.mjs <<'JS'
import assert from "node:assert";
import { Readable } from "node:stream";
import { createParser } from "eventsource-parser";

async function read(bytes) {
    const events = [];
    const parser = createParser({ onEvent: ({ event, data }) => events.push([event, data]) });
    const stream = Readable.from([bytes], { objectMode: false });
    stream.setEncoding("utf8");
    for await (const part of stream) parser.feed(part);
    return events;
}
const text = "data: start 1\n\ndata: second\n\n";
const typed = "event: start\ndata: 1\n\ndata: second\n\n";
const [plain, marked, markedType] = [await read(Buffer.from(text)), await read(Buffer.from("\ufeff" + text)), await read(Buffer.from("\ufeff" + typed))];
console.log(plain, marked, markedType);
assert.deepEqual(plain, [[undefined, "start 1"], [undefined, "second"]]);
assert.deepEqual(marked, [[undefined, "second"]], "the first event is kept now");
assert.deepEqual(markedType, [[undefined, "1"], [undefined, "second"]], "the type is kept now");
JS
node look.mjs
