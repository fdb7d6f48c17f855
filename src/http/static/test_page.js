// What both test pages share: the log of everything said, and the connection. Whatever comes from outside becomes
// text, never markup.

export const field = (id) => document.getElementById(id);
export const value = (id) => field(id).value.trim();

/** One line of the log: what was sent, heard, acknowledged or went wrong. */
export function log(kind, name, content) {
  const line = document.createElement("li");
  line.className = kind;
  const head = document.createElement("b");
  head.textContent = `${new Date().toISOString().slice(11, 23)} ${kind} ${name}`;
  const body = document.createElement("pre");
  body.textContent = content === undefined ? "" : JSON.stringify(content, null, 2);
  line.append(head, body);
  field("log").append(line);
}

export function onClick(id, action) {
  field(id).addEventListener("click", async () => {
    try {
      await action();
    } catch (error) {
      log("error", id, String(error));
    }
  });
}

let socket;

/** Opens a new connection with this `auth`, and logs every event of it. */
export function connect(auth) {
  socket?.close();
  const chosen = value("transport");
  const transports = chosen === "both" ? ["polling", "websocket"] : [chosen];
  socket = io({ transports, auth, forceNew: true });
  socket.on("connect", () => log("heard", "(connect)", { transport: socket.io.engine.transport.name }));
  socket.on("disconnect", (reason) => log("heard", "(disconnect)", reason));
  socket.on("connect_error", (error) => log("error", "(connect_error)", error.message));
  socket.onAny((event, ...payloads) => log(event === "error" ? "error" : "heard", event, payloads[0]));
}

export function disconnect() {
  socket?.close();
}

/** Sends an event; its acknowledgement is logged, too. */
export function emit(event, payload) {
  if (!socket) throw new Error("connect first");
  log("sent", event, payload);
  socket.emit(event, payload, (answer) => log("acknowledged", event, answer));
}

/** An object without what is empty. */
export function filled(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== "" && content !== undefined));
}

/** Asks for a token, and puts it where connecting looks for it. */
export async function logIn() {
  const credentials = { username: value("username"), password: field("password").value };
  const response = await fetch("/api/v1/auth/login", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(credentials),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${answer.detail ?? ""}`);
  field("token").value = answer.access_token;
  log("heard", "(logged in)", { token_type: answer.token_type });
}

onClick("log-in", logIn);
onClick("disconnect", disconnect);
onClick("clear", () => field("log").replaceChildren());
onClick("emit", () => emit(value("event"), value("payload") === "" ? undefined : JSON.parse(value("payload"))));
