/** The REST interface, typed by the OpenAPI document: what a path takes and gives is known to the compiler. */

import createClient from "openapi-fetch";
import type { components, paths } from "./openapi";

export type Schemas = components["schemas"];
export type Chat = Schemas["Chat"];
export type Document = Schemas["Document"];
export type Job = Schemas["Job"];
export type Message = Schemas["Message"];
export type Project = Schemas["Project"];
export type SearchResults = Schemas["SearchResults"];
export type Source = Schemas["Source"];
export type Trace = Schemas["Trace"];

/** What the server refused, and its advice. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** The server's own words, in English. */
    message: string,
    readonly retryAfter: number | null = null,
    readonly fields: { field: string; message: string }[] = [],
  ) {
    super(message);
  }
}

type Renewal = () => Promise<boolean>;
let renew: Renewal = async () => false;

/** Says how to come back in after the server has forgotten who we are. */
export function onUnauthenticated(renewal: Renewal): void {
  renew = renewal;
}

/** Where being refused is the answer, not a reason to sign in again. */
const ENTRANCE = /\/api\/auth\/(login|refresh|logout|setup)$/;

/** `fetch`, once more after the sign-in was renewed. */
export async function fetchRenewed(request: Request): Promise<Response> {
  const again = request.clone();
  const answer = await send(request);
  if (answer.status !== 401 || ENTRANCE.test(new URL(request.url).pathname) || !(await renew())) return answer;
  return send(again);
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw new ApiError(0, "offline", "");
  }
}

export const api = createClient<paths>({ baseUrl: location.origin, fetch: fetchRenewed });

/** The body of an answer, or an [`ApiError`]. */
export async function ok<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problem(response, error);
  return data as T;
}

/** The body and how many there are in all. */
export async function counted<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<{ items: T; total: number }> {
  const { data, error, response } = await call;
  if (!response.ok) throw problem(response, error);
  return { items: data as T, total: Number(response.headers.get("X-Total-Count") ?? 0) };
}

/** Reads a problem document, or what stands in for one. */
export function problem(response: { status: number; headers: Headers }, body: unknown): ApiError {
  const told = (typeof body === "object" && body !== null ? body : {}) as {
    code?: string;
    detail?: string;
    title?: string;
    errors?: { field: string; message: string }[];
  };
  const after = Number(response.headers.get("Retry-After"));
  const text = told.detail || told.title || `HTTP ${response.status}`;
  return new ApiError(response.status, told.code ?? "internal", text, after > 0 ? after : null, told.errors);
}
