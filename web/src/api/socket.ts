/** The one connection of the page. It comes back by itself; what was missed meanwhile is asked for by its users. */

import { type Socket, io } from "socket.io-client";
import type { ClientEvents, ServerEvents } from "./events";

export type Line = Socket<ServerEvents, ClientEvents>;

/** Sign-in goes by the cookie, which the browser sends with the handshake. */
export const line: Line = io(location.origin, {
  autoConnect: false,
  reconnectionDelay: 300,
  reconnectionDelayMax: 5000,
  transports: ["websocket", "polling"],
});
