#!/usr/bin/env bash
# A Node Socket.IO server sends 40 small events in a row; a python-socketio client listens on the polling transport.
# Expected: the client gets 40 events, as the JavaScript client does.
# Happens: the server puts what has gathered into one polling answer, and python-engineio refuses an answer with more than
#   16 packets ("Too many packets in payload"): the client drops the connection, and all but the first event are lost.
# Matters: token streams to Python clients break whenever tokens come faster than polls. Send fewer, larger events, or use
#   WebSocket. The limit is the class attribute engineio.payload.Payload.max_decode_packets.
# Source: python-engineio's documentation of max_decode_packets (written for servers); what was seen by this script.
. "$(dirname "$0")/lib.sh"
with_node socket.io@4.8.1 socket.io-client@4.8.1
with_python python-socketio==5.14.3 python-engineio==4.12.3 requests==2.32.5
cat > server.js <<'JS'
const http = require("http").createServer();
const io = new (require("socket.io").Server)(http);
io.on("connection", (socket) => socket.on("go", () => { for (let i = 0; i < 40; i++) socket.emit("token", i); }));
http.listen(0, "127.0.0.1", () => console.log(http.address().port));
JS
cat > client.js <<'JS'
const socket = require("socket.io-client")(`http://127.0.0.1:${process.argv[2]}`, { transports: ["polling"] });
let got = 0;
socket.on("token", () => got++);
socket.on("connect", () => socket.emit("go"));
setTimeout(() => { console.log(`JavaScript client: ${got} events, connected: ${socket.connected}`); socket.close(); }, 2000);
JS
cat > client.py <<'PY'
import sys, time, socketio
client, got = socketio.Client(reconnection=False), []
client.on("token", lambda n: got.append(n))
client.connect(f"http://127.0.0.1:{sys.argv[1]}", transports=["polling"])
client.emit("go")
time.sleep(2)
print(f"Python client: {len(got)} events, connected: {client.connected}")
stayed = client.connected
client.disconnect()
sys.exit(1 if stayed or len(got) == 40 else 0)
PY
node server.js > port & server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
until [ -s port ]; do sleep 0.1; done
node client.js "$(cat port)"
python client.py "$(cat port)"
