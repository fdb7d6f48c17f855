/** What goes over the socket, typed by the AsyncAPI document. */

import type { FromClient, FromServer } from "./asyncapi";

export type DocumentStatus = FromServer["document_status"];
export type MessageToken = FromServer["message_token"];
export type ProjectUpdate = FromServer["project_update"] & { data: Subject };
export type UserRef = FromServer["presence"]["users"][number];

/** What a `project_update` may be about; its `type` says which of these are there. */
interface Subject {
  document_id?: number;
  filename?: string;
  chat_id?: number;
  title?: string;
  name?: string;
  user_id?: number;
}

export type ServerEvents = {
  [Name in keyof FromServer]: (event: Name extends "project_update" ? ProjectUpdate : FromServer[Name]) => void;
};

/** What an acknowledgement says. */
export type Acknowledged =
  | { ok: true; chat_id?: number; message_id?: number; status?: string }
  | { ok: false; error: { code: string; message: string; retry_after_s?: number } };

export type Acknowledge = (answer: Acknowledged) => void;

/** Each event may ask for an acknowledgement. */
export type ClientEvents = {
  [Name in keyof FromClient]: (payload: FromClient[Name], acknowledge?: Acknowledge) => void;
};
