/** The projects that a person may see. */

import { signal } from "@preact/signals";
import { type Project, api, ok } from "../api/client";
import { type Sending, importProject } from "../api/upload";

export const projects = signal<Project[] | null>(null);

export async function loadProjects(): Promise<void> {
  projects.value = await ok(api.GET("/api/projects", { params: { query: { limit: 1000 } } }));
}

/** A project's number of documents is kept here alone: whatever learns a newer one says it here. */
export function setDocumentCount(id: number, change: (count: number) => number): void {
  projects.value =
    projects.value?.map((one) => (one.id === id ? { ...one, document_count: Math.max(0, change(one.document_count)) } : one)) ?? null;
}

export async function createProject(name: string, description: string): Promise<Project> {
  const project = await ok(api.POST("/api/projects", { body: { name, description } }));
  projects.value = [...(projects.value ?? []), project];
  return project;
}

/** A new project from an archive. */
export function bringProject(file: File, onProgress: (share: number) => void): Sending<Project> {
  const { done, abort } = importProject(file, onProgress);
  const known = done.then((project) => {
    projects.value = [...(projects.value ?? []), project];
    return project;
  });
  return { done: known, abort };
}

/** Lets the browser save the archive of a project. */
export async function saveProject(project: Project): Promise<void> {
  const path = { id: project.id };
  const archive = await ok(api.POST("/api/projects/{id}/export", { params: { path }, parseAs: "blob" }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(archive as Blob);
  link.download = `${project.name}.zip`;
  link.click();
  // Some browsers read it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function changeProject(id: number, changes: { name?: string; description?: string; settings?: Record<string, unknown> }): Promise<void> {
  const project = await ok(api.PUT("/api/projects/{id}", { params: { path: { id } }, body: changes }));
  projects.value = (projects.value ?? []).map((one) => (one.id === id ? project : one));
}

/** The key in a project's settings that a model is told when it answers. */
const INSTRUCTIONS = "instructions";

export function instructionsOf({ settings }: Project): string {
  const known = (settings ?? {}) as Record<string, unknown>;
  return typeof known[INSTRUCTIONS] === "string" ? known[INSTRUCTIONS] : "";
}

/** Keeps what else stands in the settings. */
export function changeInstructions(project: Project, text: string): Promise<void> {
  const settings = { ...(project.settings as Record<string, unknown> | null), [INSTRUCTIONS]: text };
  return changeProject(project.id, { settings });
}

export async function deleteProject(id: number): Promise<void> {
  await ok(api.DELETE("/api/projects/{id}", { params: { path: { id } } }));
  projects.value = (projects.value ?? []).filter((one) => one.id !== id);
}
