import { connect, disconnect, emit, filled, log, onClick, value } from "./test_page.js";

let native;

/** The same session without Socket.IO. A browser cannot set headers here: the token goes as a subprotocol. */
function connectNatively() {
  const path = `/api/v1/ai-assistant/ws/${encodeURIComponent(value("session"))}?stream=true`;
  const entity = value("entity") === "" ? "" : `&user_entity_id=${encodeURIComponent(value("entity"))}`;
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const protocols = value("token") === "" ? [] : ["bearer", value("token")];
  native = new WebSocket(`${scheme}://${location.host}${path}${entity}`, protocols);
  native.onopen = () => log("heard", "(open)");
  native.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    log(frame.type === "error" ? "error" : "heard", frame.type, frame);
  };
  native.onclose = ({ code, reason }) => log("heard", "(close)", { code, reason });
}

function closeNatively() {
  native?.close();
  native = undefined;
}

onClick("connect", () => {
  closeNatively();
  disconnect();
  if (value("transport") === "native") {
    connectNatively();
  } else {
    connect(filled({ token: value("token"), session_id: value("session"), user_entity_id: value("entity") }));
  }
});
onClick("disconnect", closeNatively);
onClick("send", () => {
  const message = { message: value("message") };
  if (native) {
    log("sent", "(frame)", message);
    native.send(JSON.stringify(message));
  } else {
    emit("ai_message", message);
  }
});
