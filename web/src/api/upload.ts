/** Sends one file and tells how far it is, which `fetch` cannot. */

import { ApiError, type Project, type Schemas, api, problem } from "./client";

export type Uploaded = Schemas["Uploaded"];

export interface Sending<T> {
  done: Promise<T>;
  abort: () => void;
}

/** Whether somebody called `abort`, which is no failure. */
export function isAborted(error: unknown): boolean {
  return error instanceof ApiError && error.code === "aborted";
}

type OnProgress = (share: number) => void;

/** `path` names the document within its project: the same path again is a new version of it. */
export function upload(project: number, file: File, path: string, onProgress: OnProgress): Sending<Uploaded> {
  return sending(`/api/projects/${project}/documents`, { path, file }, onProgress);
}

/** A new project from the archive of another one; its documents come by and by. */
export function importProject(file: File, onProgress: OnProgress): Sending<Project> {
  return sending("/api/projects/import", { file }, onProgress);
}

function sending<T>(address: string, fields: Record<string, string | File>, onProgress: OnProgress): Sending<T> {
  let current: XMLHttpRequest | null = null;
  let aborted = false;
  const attempt = async (): Promise<T> => {
    if (aborted) throw new ApiError(0, "aborted", "");
    const request = new XMLHttpRequest();
    current = request;
    return send(request, address, fields, onProgress);
  };
  const done = attempt().catch(async (error: unknown) => {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
    // A harmless question renews the sign-in, or fails as this did.
    const { response } = await api.GET("/api/auth/me");
    if (!response.ok) throw error;
    return attempt();
  });
  return {
    done,
    abort: () => {
      aborted = true;
      current?.abort();
    },
  };
}

function send<T>(request: XMLHttpRequest, address: string, fields: Record<string, string | File>, onProgress: OnProgress): Promise<T> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return new Promise((resolve, reject) => {
    request.open("POST", address);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as T);
      const headers = new Headers();
      const after = request.getResponseHeader("Retry-After");
      if (after) headers.set("Retry-After", after);
      reject(problem({ status: request.status, headers }, request.response));
    };
    request.onerror = () => reject(new ApiError(0, "offline", ""));
    request.onabort = () => reject(new ApiError(0, "aborted", ""));
    request.send(form);
  });
}
