/** What goes over the socket: the events of project rooms, as the AsyncAPI document describes them. */

import type { Source } from "./client";

export interface UserRef {
  id: number;
  username: string;
}

export interface DocumentStatus {
  document_id: number;
  project_id: number;
  filename: string;
  status: "queued" | "processing" | "completed" | "failed" | "cancelled";
  stage: "queued" | "extracting" | "chunking" | "embedding" | "indexing" | "done";
  progress: number;
  seq: number;
  attempt: number;
  max_attempts: number;
  pages_done?: number;
  pages_total?: number;
  chunks_done?: number;
  chunks_total?: number;
  warnings?: string[];
  error?: { code: string; message: string };
  queue_position?: number;
  waiting_since?: string;
}

export interface MessageReceived {
  chat_id: number;
  message_id: number;
  status: "processing";
  user_message: { id: number; content: string; user: UserRef };
}

export interface MessageSources {
  chat_id: number;
  message_id: number;
  sources: Source[];
}

export interface MessageToken {
  chat_id: number;
  message_id: number;
  /** Only where several frames came as one. */
  first_seq?: number;
  seq: number;
  token: string;
}

export interface MessageComplete {
  chat_id: number;
  message_id: number;
  content: string;
  metadata: {
    model: string;
    sources_count: number;
    cited: number[];
    prompt_tokens?: number;
    completion_tokens?: number;
    latency_ms: number;
    finish_reason: string;
  };
}

export interface MessageCancelled {
  chat_id: number;
  message_id: number;
  content: string;
}

export interface SocketProblem {
  status: "error";
  message: string;
  code: string;
  event?: string;
  chat_id?: number;
  message_id?: number;
  project_id?: number;
  retry_after_s?: number;
}

export interface ProjectUpdate {
  type: string;
  data: { document_id?: number; filename?: string; chat_id?: number; title?: string; name?: string; user_id?: number };
}

export interface Connected {
  user: { id: number; username: string; email: string | null; role: string } | null;
}

export interface ServerEvents {
  connected: (event: Connected) => void;
  connection_status: (event: { status: "connected"; user: UserRef | null }) => void;
  project_joined: (event: { project_id: number; status: "success" }) => void;
  document_status: (event: DocumentStatus) => void;
  project_update: (event: ProjectUpdate) => void;
  presence: (event: { project_id: number; users: UserRef[] }) => void;
  message_received: (event: MessageReceived) => void;
  message_sources: (event: MessageSources) => void;
  message_token: (event: MessageToken) => void;
  message_complete: (event: MessageComplete) => void;
  message_cancelled: (event: MessageCancelled) => void;
  typing: (event: { chat_id: number; user: UserRef; typing: boolean }) => void;
  read: (event: { chat_id: number; user: UserRef; message_id: number }) => void;
  error: (event: SocketProblem) => void;
}

/** What an acknowledgement says. */
export type Acknowledged =
  | { ok: true; chat_id?: number; message_id?: number; status?: string }
  | { ok: false; error: { code: string; message: string; retry_after_s?: number } };

export type Acknowledge = (answer: Acknowledged) => void;

export interface ClientEvents {
  join_project: (payload: { project_id: number }) => void;
  leave_project: (payload: { project_id: number }) => void;
  send_message: (
    payload: { chat_id: number; message: string; client_message_id: string; document_ids?: number[] },
    acknowledge: Acknowledge,
  ) => void;
  join_chat: (payload: { chat_id: number }) => void;
  leave_chat: (payload: { chat_id: number }) => void;
  cancel_message: (payload: { chat_id: number; message_id?: number }, acknowledge: Acknowledge) => void;
  resume_message: (
    payload: { chat_id: number; message_id: number; after_seq: number },
    acknowledge: Acknowledge,
  ) => void;
  typing: (payload: { chat_id: number; typing: boolean }) => void;
  mark_read: (payload: { chat_id: number; message_id: number }) => void;
}
