// The official JavaScript client, driven by lines of JSON on standard input; what it hears goes to standard output.
//
//   {"op": "connect", "url": "…", "transports": ["websocket"], "auth": {…}}
//                                                            "tls" are options of Node's TLS
//   {"op": "emit", "event": "…", "args": […], "ack": 1}      "ack" asks for an acknowledgement, and names it
//                                                            "namespace" sends it there
//   {"op": "also", "namespace": "/…"}                        another namespace over the same transport
//   {"op": "bytes", "event": "…", "ack": 1}                  a binary payload
//   {"op": "raw", "text": "2[…]"}                            a packet of Socket.IO, as it is
//   {"op": "stall", "ms": 500}                               reads nothing for so long
//   {"op": "close"}

import { createInterface } from "node:readline";
import { io } from "socket.io-client";

let socket;
const others = {};
const say = (line) => process.stdout.write(JSON.stringify(line) + "\n");

const operations = {
  connect({ url, transports, auth, headers, tls }) {
    socket = io(url, { transports, auth, reconnection: false, extraHeaders: headers, ...tls });
    socket.on("connect", () => say({ is: "connected", transport: socket.io.engine.transport.name }));
    socket.on("disconnect", (reason) => say({ is: "disconnected", reason }));
    socket.on("connect_error", (error) => say({ is: "refused", reason: error.message }));
    socket.onAny((event, ...args) => say({ is: "event", event, args }));
  },
  also({ namespace }) {
    const other = socket.io.socket(namespace);
    others[namespace] = other;
    other.on("connect", () => say({ is: "joined", namespace }));
    other.on("connect_error", (error) => say({ is: "refused", reason: error.message }));
    other.onAny((event, ...args) => say({ is: "event", namespace, event, args }));
    other.connect();
  },
  emit({ namespace, event, args, ack }) {
    const answered = (...answer) => say({ is: "ack", ack, args: answer });
    (others[namespace] ?? socket).emit(event, ...args, ...(ack === undefined ? [] : [answered]));
  },
  bytes({ event, ack }) {
    operations.emit({ event, args: [{ chat_id: Buffer.from([1, 2, 3]) }], ack });
  },
  raw({ text }) {
    socket.io.engine.send(text);
  },
  stall({ ms }) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    say({ is: "awake" });
  },
  close() {
    socket.close();
  },
};

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const { op, ...rest } = JSON.parse(line);
    operations[op](rest);
  })
  .on("close", () => process.exit(0));
