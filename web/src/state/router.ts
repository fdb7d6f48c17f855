/** Addresses of the page. Each view has one, so that a reload or a link leads to the same place. */

import { computed, signal } from "@preact/signals";

export type Place =
  | { view: "projects" }
  | { view: "account" }
  | { view: "operators" }
  | { view: "sign-in" }
  | { view: "setup" }
  | { view: "lost" }
  | { view: "chats" | "documents" | "search" | "map" | "settings"; project: number }
  | { view: "chat"; project: number; chat: number }
  | { view: "document"; project: number; document: number };

const path = signal(location.pathname);

export const place = computed<Place>(() => parse(path.value));

window.addEventListener("popstate", () => {
  path.value = location.pathname;
});

export function parse(address: string): Place {
  const parts = address.split("/").filter(Boolean);
  const [first, project, view, id, more] = parts;
  if (parts.length === 0 || (first === "projects" && parts.length === 1)) return { view: "projects" };
  if (parts.length === 1 && (first === "account" || first === "operators" || first === "sign-in" || first === "setup")) {
    return { view: first };
  }
  if (first !== "projects" || !numeric(project) || more !== undefined) return { view: "lost" };
  const at = { project: Number(project) };
  if (view === "chats" && numeric(id)) return { view: "chat", ...at, chat: Number(id) };
  if (view === "documents" && numeric(id)) return { view: "document", ...at, document: Number(id) };
  if (id !== undefined) return { view: "lost" };
  if (view === undefined || view === "chats") return { view: "chats", ...at };
  if (view === "documents" || view === "search" || view === "map" || view === "settings") return { view, ...at };
  return { view: "lost" };
}

export function address(place: Place): string {
  switch (place.view) {
    case "projects":
    case "lost":
      return "/";
    case "account":
    case "operators":
    case "sign-in":
    case "setup":
      return `/${place.view}`;
    case "chat":
      return `/projects/${place.project}/chats/${place.chat}`;
    case "document":
      return `/projects/${place.project}/documents/${place.document}`;
    default:
      return `/projects/${place.project}/${place.view}`;
  }
}

export function go(to: Place, how: "push" | "replace" = "push"): void {
  const next = address(to);
  if (next === location.pathname) return;
  if (how === "push") history.pushState(null, "", next);
  else history.replaceState(null, "", next);
  path.value = next;
}

function numeric(text: string | undefined): boolean {
  return text !== undefined && /^\d{1,15}$/.test(text);
}
