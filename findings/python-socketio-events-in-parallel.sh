#!/usr/bin/env bash
# A Node Socket.IO server sends five events in a row to a Python client (socketio.Client) whose handler takes a moment.
# Expected: the handler gets them one after the other, in the order in which they were sent, as in the JavaScript client;
#   Socket.IO guarantees the order of messages.
# Happens: each event runs in a thread of its own: all five handlers run at once, and the one that is done first comes
#   first. The client has no setting for it; the server has async_handlers. SimpleClient.receive() keeps the order.
# Matters: a handler that appends the words of a streamed answer, or writes them away, mixes them up under load.
# Source: Socket.IO documentation, delivery guarantees (message ordering); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node socket.io@4.8.4
with_python python-socketio==5.18.1 requests==2.32.5 websocket-client==1.9.0
cat > server.cjs <<'JS'
const server = require("http").createServer();
new (require("socket.io").Server)(server).on("connection", (socket) => {
    for (const number of [0, 1, 2, 3, 4]) socket.emit("word", number);
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
JS
cat > look.py <<'PY'
import subprocess
import time

import socketio

server = subprocess.Popen(["node", "server.cjs"], stdout=subprocess.PIPE, text=True)
address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
done = []
client = socketio.Client()


@client.on("word")
def word(number):
    time.sleep((4 - number) / 2)
    done.append(number)


try:
    client.connect(address, transports=["websocket"])
    until = time.monotonic() + 20
    while len(done) < 5 and time.monotonic() < until:
        time.sleep(0.1)
    client.disconnect()
    with socketio.SimpleClient() as simple:
        simple.connect(address, transports=["websocket"])
        received = [simple.receive(timeout=10)[1] for _ in range(5)]
finally:
    server.kill()
print("handlers were done in the order", done, "SimpleClient", received)
assert received == [0, 1, 2, 3, 4], received
assert done == [4, 3, 2, 1, 0], "handlers wait for each other now"
PY
python look.py
