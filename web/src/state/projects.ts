/** The projects that a person may see. */

import { signal } from "@preact/signals";
import { type Project, api, ok } from "../api/client";

export const projects = signal<Project[] | null>(null);

export async function loadProjects(): Promise<void> {
  projects.value = await ok(api.GET("/api/projects", { params: { query: { limit: 1000 } } }));
}

export async function createProject(name: string, description: string): Promise<Project> {
  const project = await ok(api.POST("/api/projects", { body: { name, description } }));
  projects.value = [...(projects.value ?? []), project];
  return project;
}

export async function changeProject(id: number, changes: { name?: string; description?: string }): Promise<void> {
  const project = await ok(api.PUT("/api/projects/{id}", { params: { path: { id } }, body: changes }));
  projects.value = (projects.value ?? []).map((one) => (one.id === id ? project : one));
}

export async function deleteProject(id: number): Promise<void> {
  await ok(api.DELETE("/api/projects/{id}", { params: { path: { id } } }));
  projects.value = (projects.value ?? []).filter((one) => one.id !== id);
}
