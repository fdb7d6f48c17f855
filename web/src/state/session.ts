/** Who is in front of the page. The tokens are cookies that scripts cannot read. */

import { computed, signal } from "@preact/signals";
import { ApiError, fetchRenewed, onUnauthenticated, problem } from "../api/client";

export interface User {
  id: number;
  username: string;
  role: string;
}

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
    await post("/api/auth/refresh", {});
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
    const answer = await fetchRenewed(new Request(new URL("/api/auth/me", location.origin)));
    if (answer.status === 401) {
      session.value = { is: "out" };
      return;
    }
    const body = await answer.json();
    if (!answer.ok) throw problem(answer, body);
    const me = body as User & { authentication: boolean };
    // Nothing of one person's stays in memory for the next.
    if (last !== null && last !== me.id) return location.reload();
    last = me.id;
    session.value = { is: "in", user: me, accounts: me.authentication };
  } catch (error) {
    session.value = { is: "away", why: error instanceof Error ? error.message : "" };
  }
}

export async function signIn(username: string, password: string): Promise<void> {
  await post("/api/auth/login", { username, password });
  await begin();
}

export async function setUp(code: string, username: string, password: string): Promise<void> {
  await post("/api/auth/setup", { code, username, password });
  await begin();
}

export async function signOut(): Promise<void> {
  try {
    await post("/api/auth/logout", {});
  } finally {
    location.replace("/");
  }
}

/** The calls that must work without a session, and so do not renew one. */
async function post(path: string, body: unknown): Promise<void> {
  let answer: Response;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, "offline", "");
  }
  if (!answer.ok) throw problem(answer, await answer.json().catch(() => null));
}
