/** The state of the line to the server, and what is done each time it is there again. */

import { signal } from "@preact/signals";
import { api } from "../api/client";
import { line } from "../api/socket";

export type Connection = "connecting" | "connected" | "lost";

export const connection = signal<Connection>("connecting");

/** Runs whenever the server has said who it knows us as. */
export function onConnected(work: () => void): void {
  line.on("connection_status", ({ user }) => {
    if (user) work();
  });
}

export function connect(): void {
  if (!line.active) line.connect();
}

export function disconnect(): void {
  line.disconnect();
  connection.value = "connecting";
}

line.on("connection_status", ({ user }) => {
  if (user) {
    connection.value = "connected";
    return;
  }
  // The sign-in ran out while the line was down, and the server took us for nobody.
  line.disconnect();
  void comeBack();
});

line.on("disconnect", (reason) => {
  if (reason === "io client disconnect") return;
  connection.value = "lost";
  // After this one the library does not come back by itself.
  if (reason === "io server disconnect") void comeBack();
});

line.on("connect_error", () => {
  if (connection.value === "connected") connection.value = "lost";
  // Refused, not unreachable: with a fresh sign-in it may work.
  if (!line.active) void comeBack();
});

async function comeBack(): Promise<void> {
  connection.value = "lost";
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const answer = await api.GET("/api/auth/me").catch(() => null);
  // Signed out: the page asks for a sign-in, which connects again.
  if (answer?.response.status !== 401 && !line.active) line.connect();
}

window.addEventListener("offline", () => {
  connection.value = "lost";
});

window.addEventListener("online", () => {
  if (line.active && !line.connected) line.disconnect().connect();
  else if (line.connected) connection.value = "connected";
});
