/** The list of chats in the open project. */

import { signal } from "@preact/signals";
import { type Chat, api, counted, ok } from "../api/client";
import type { ProjectUpdate } from "../api/events";
import { trying } from "./notices";
import { go, place } from "./router";

export const chats = signal<Chat[]>([]);
export const total = signal(0);
export const query = signal("");

let project = 0;

export function enter(id: number): void {
  project = id;
  chats.value = [];
  query.value = "";
  refresh();
}

export function refresh(): void {
  if (project) void trying(load(0));
}

export function more(): void {
  void trying(load(chats.value.length));
}

export function find(text: string): void {
  query.value = text;
  refresh();
}

async function load(skip: number): Promise<void> {
  const [asked, text] = [project, query.value.trim()];
  const page = { skip, limit: 100 };
  const path = { id: asked };
  const found = await counted(
    text
      ? api.GET("/api/projects/{id}/chats/search", { params: { path, query: { q: text, ...page } } })
      : api.GET("/api/projects/{id}/chats", { params: { path, query: page } }),
  );
  if (asked !== project || text !== query.value.trim()) return;
  chats.value = skip === 0 ? found.items : [...chats.value, ...found.items];
  total.value = found.total;
}

export async function create(visibility: "project" | "private"): Promise<Chat> {
  const chat = await ok(api.POST("/api/chats", { body: { project_id: project, visibility } }));
  put(chat);
  return chat;
}

export async function rename(id: number, title: string): Promise<void> {
  put(await ok(api.PUT("/api/chats/{id}", { params: { path: { id } }, body: { title } })));
}

export async function erase(id: number): Promise<void> {
  await ok(api.DELETE("/api/chats/{id}", { params: { path: { id } } }));
  remove(id);
}

export function onUpdate(event: ProjectUpdate): void {
  const { chat_id: id, title } = event.data;
  if (id === undefined) return;
  if (event.type === "chat_deleted") remove(id);
  else if (event.type === "chat_created" && !query.value) refresh();
  else if (event.type === "chat_updated" && title) {
    chats.value = chats.value.map((one) => (one.id === id ? { ...one, title } : one));
  }
}

function put(chat: Chat): void {
  const known = chats.value.some((one) => one.id === chat.id);
  chats.value = known ? chats.value.map((one) => (one.id === chat.id ? chat : one)) : [chat, ...chats.value];
}

function remove(id: number): void {
  chats.value = chats.value.filter((one) => one.id !== id);
  if (place.value.view === "chat" && place.value.chat === id) {
    go({ view: "chats", project: place.value.project }, "replace");
  }
}
