#!/usr/bin/env bash
# tenacity's @retry stands before a function that streams an answer (a generator, or an async one); its first line fails
#   twice.
# Expected: it is called three times, as the same function without yield is.
# Happens: it runs once, and the error goes on to the reader: the call makes the generator and succeeds; what fails is the
#   loop over it, which tenacity does not see. Nothing warns that the decorator does nothing.
# Matters: a model's server that is busy for a second fails every streamed answer, while the plain ones are tried again;
#   retries have to stand around the request that opens the stream.
# Source: Python's language reference, 6.2.9 (the body of a generator runs at its first next()); tenacity's documentation
#   of retry; what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_python tenacity==9.2.1
cat > look.py <<'PY'
import asyncio

import tenacity

again = tenacity.retry(stop=tenacity.stop_after_attempt(3), wait=tenacity.wait_none())
calls = {"plain": 0, "stream": 0, "async": 0}


def busy_twice(kind):
    calls[kind] += 1
    if calls[kind] < 3:
        raise ConnectionError("busy")
    return "answer"


@again
def plain():
    return busy_twice("plain")


@again
def stream():
    yield busy_twice("stream")


@again
async def async_stream():
    yield busy_twice("async")


async def read_async():
    return [part async for part in async_stream()]


def outcome(read):
    try:
        return read()
    except ConnectionError as error:
        return str(error)


seen = [outcome(plain), outcome(lambda: list(stream())), outcome(lambda: asyncio.run(read_async()))]
print(seen, calls)
assert seen[0] == "answer" and calls["plain"] == 3
assert seen[1:] == ["busy", "busy"] and calls["stream"] == calls["async"] == 1, "streams are tried again now"
PY
python look.py
