/** Who is in front of the page. The tokens are cookies that scripts cannot read. */

import { computed, signal } from "@preact/signals";
import { ApiError, type Schemas, api, ok, onUnauthenticated } from "../api/client";

export type User = Schemas["Me"];

export type Session =
  | { is: "loading" }
  | { is: "out" }
  /** The server cannot be asked. */
  | { is: "away"; why: string }
  | { is: "in"; user: User; accounts: boolean };

export const session = signal<Session>({ is: "loading" });

export const user = computed(() => (session.value.is === "in" ? session.value.user : null));

let renewing: Promise<boolean> | null = null;
let last: number | null = null;

onUnauthenticated(() => {
  renewing ??= renew().finally(() => {
    renewing = null;
  });
  return renewing;
});

async function renew(): Promise<boolean> {
  const was = session.value.is;
  try {
    await ok(api.POST("/api/auth/refresh", { body: { refresh_token: null } }));
    return true;
  } catch (error) {
    const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
    if (refused && (was === "in" || was === "loading")) session.value = { is: "out" };
    return false;
  }
}

/** Asks the server who we are. */
export async function begin(): Promise<void> {
  try {
    const me = await ok(api.GET("/api/auth/me"));
    // Nothing of one person's stays in memory for the next.
    if (last !== null && last !== me.id) return location.reload();
    last = me.id;
    session.value = { is: "in", user: me, accounts: me.authentication };
  } catch (error) {
    const isOut = error instanceof ApiError && error.status === 401;
    session.value = isOut ? { is: "out" } : { is: "away", why: error instanceof Error ? error.message : "" };
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  await ok(api.POST("/api/auth/login", { body: { username, password } }));
  await begin();
}

export async function setUp(code: string, username: string, password: string): Promise<void> {
  await ok(api.POST("/api/auth/setup", { body: { code, username, password } }));
  await begin();
}

export async function signOut(): Promise<void> {
  try {
    await ok(api.POST("/api/auth/logout", { body: { refresh_token: null } }));
  } finally {
    location.replace("/");
  }
}
