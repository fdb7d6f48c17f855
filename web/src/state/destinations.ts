/** Everything one can go to by name: views, projects, chats and documents. */

import { api } from "../api/client";
import { projects } from "./projects";
import type { Place } from "./router";
import { user } from "./session";
import { words } from "./settings";

export interface Destination {
  key: string;
  kind: "view" | "project" | "chat" | "document";
  name: string;
  to: Place;
}

/** Chats and documents of one kind that are offered. */
const FOUND = 6;

const fits = (name: string, text: string): boolean => {
  const folded = name.toLocaleLowerCase();
  return text.toLocaleLowerCase().split(/\s+/).every((part) => folded.includes(part));
};

/** What is known without asking: the views of the open project, and the projects. */
export function known(project: number | null, text: string): Destination[] {
  const w = words.value.nav;
  const views: [string, Place][] =
    project === null
      ? []
      : [
          [w.newChat, { view: "chats", project }],
          [w.documents, { view: "documents", project }],
          [w.search, { view: "search", project }],
          [w.map, { view: "map", project }],
          [w.settings, { view: "settings", project }],
        ];
  views.push([w.allProjects, { view: "projects" }]);
  if (user.value?.role === "admin") views.push([w.operators, { view: "operators" }]);
  if (user.value) views.push([words.value.account.title, { view: "account" }]);
  const others = (projects.value ?? []).filter((one) => one.id !== project);
  return [
    ...views.map(([name, to]): Destination => ({ key: `view/${name}`, kind: "view", name, to })),
    ...others.map((one): Destination => ({ key: `project/${one.id}`, kind: "project", name: one.name, to: { view: "chats", project: one.id } })),
  ].filter(({ name }) => fits(name, text));
}

/** Chats and documents of the project by their names. */
export async function found(project: number, text: string): Promise<Destination[]> {
  const path = { id: project };
  const query = { q: text, limit: FOUND };
  const nothing = () => ({ data: undefined });
  const [chats, documents] = await Promise.all([
    api.GET("/api/projects/{id}/chats/search", { params: { path, query } }).catch(nothing),
    api.GET("/api/projects/{id}/documents/search", { params: { path, query } }).catch(nothing),
  ]);
  return [
    ...(chats.data ?? []).map((one): Destination => {
      const name = one.title || words.value.chat.untitled;
      return { key: `chat/${one.id}`, kind: "chat", name, to: { view: "chat", project, chat: one.id } };
    }),
    ...(documents.data?.documents ?? []).map((one): Destination => {
      return { key: `document/${one.id}`, kind: "document", name: one.filename, to: { view: "document", project, document: one.id } };
    }),
  ];
}
