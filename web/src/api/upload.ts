/** Sends one file and tells how far it is, which `fetch` cannot. */

import { ApiError, type Schemas, api, problem } from "./client";

export type Uploaded = Schemas["Uploaded"];

export interface Sending {
  done: Promise<Uploaded>;
  abort: () => void;
}

/** `path` names the document within its project: the same path again is a new version of it. */
export function upload(project: number, file: File, path: string, onProgress: (share: number) => void): Sending {
  let current: XMLHttpRequest | null = null;
  let aborted = false;
  const attempt = async (): Promise<Uploaded> => {
    if (aborted) throw new ApiError(0, "aborted", "");
    const request = new XMLHttpRequest();
    current = request;
    return send(request, project, file, path, onProgress);
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

function send(
  request: XMLHttpRequest,
  project: number,
  file: File,
  path: string,
  onProgress: (share: number) => void,
): Promise<Uploaded> {
  const form = new FormData();
  form.append("path", path);
  form.append("file", file, file.name);
  return new Promise((resolve, reject) => {
    request.open("POST", `/api/projects/${project}/documents`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as Uploaded);
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
