/** The project that is open: who else is there, and what happens in it. */

import { signal } from "@preact/signals";
import type { ProjectUpdate, UserRef } from "../api/events";
import { line } from "../api/socket";
import * as chats from "./chats";
import { onConnected } from "./connection";
import * as documents from "./documents";
import { loadProjects, projects } from "./projects";
import { go, place } from "./router";

export const present = signal<UserRef[]>([]);

/** The project whose room one is in. */
export const current = signal<number | null>(null);

/** Goes into a project's room, and out of the one before. */
export function enter(project: number): void {
  if (current.value === project) return;
  current.value = project;
  present.value = [];
  documents.enter(project);
  chats.enter(project);
  if (line.connected) join();
}

onConnected(join);

function join(): void {
  if (current.value === null) return;
  line.emit("join_project", { project_id: current.value });
  // What happened while nobody listened is in the database.
  documents.refresh();
  chats.refresh();
}

line.on("presence", (event) => {
  if (event.project_id === current.value) present.value = event.users;
});

line.on("document_status", (event) => {
  if (event.project_id === current.value) documents.onStatus(event);
});

line.on("project_update", (event) => {
  if (event.type === "updates_missed") {
    documents.refresh();
    chats.refresh();
    return;
  }
  documents.onUpdate(event);
  chats.onUpdate(event);
  onProject(event);
});

function onProject(event: ProjectUpdate): void {
  if (event.type === "project_renamed") {
    projects.value = (projects.value ?? []).map((one) =>
      one.id === current.value ? { ...one, name: event.data.name ?? one.name } : one,
    );
  }
  if (event.type === "project_deleted") {
    void loadProjects();
    if ("project" in place.value && place.value.project === current.value) go({ view: "projects" }, "replace");
    current.value = null;
  }
}
