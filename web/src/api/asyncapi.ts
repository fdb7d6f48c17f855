// Made by `make api` from the interface's own description: change that, not this.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description The ids that an event was about, as far as they could be read. */
        About: {
            /** Format: int64 */
            chat_id?: number | null;
            /** @description As the client calls it. */
            conversation_id?: string | null;
            /** Format: int64 */
            message_id?: number | null;
            /** Format: int64 */
            project_id?: number | null;
        };
        Account: {
            email?: string | null;
            /** Format: int64 */
            id: number;
            role: string;
            username: string;
        };
        AnswerMetadata: {
            cited: number[];
            /** Format: int64 */
            completion_tokens?: number | null;
            finish_reason: string;
            /** Format: int64 */
            latency_ms: number;
            model: string;
            /** Format: int64 */
            prompt_tokens?: number | null;
            /** Format: int64 */
            sources_count: number;
        };
        /** @description `cancel_message`. */
        CancelIn: {
            /** Format: int64 */
            chat_id: number;
            /** Format: int64 */
            message_id?: number | null;
        };
        /** @description `chat_joined`, `chat_left`. */
        ChatPlace: {
            /** Format: int64 */
            chat_id: number;
        };
        /** @description `join_chat`, `leave_chat`. */
        ChatPlaceIn: {
            /** Format: int64 */
            chat_id: number;
        };
        /** @description `connected`. */
        Connected: {
            content: string;
            message: string;
            /** Format: int64 */
            session_id?: number | null;
            type: string;
            user: components["schemas"]["Account"];
            /** Format: int64 */
            user_id: number;
        };
        /** @description `connection_status`. */
        ConnectionStatus: {
            status: string;
            user?: components["schemas"]["User"] | null;
            visitor?: string | null;
        };
        DocumentError: {
            code: string;
            message: string;
        };
        /** @description `document_status`. */
        DocumentStatus: {
            /** Format: int64 */
            attempt: number;
            /** Format: int64 */
            chunks_done?: number | null;
            /** Format: int64 */
            chunks_total?: number | null;
            /** Format: int64 */
            document_id: number;
            error?: components["schemas"]["DocumentError"] | null;
            filename: string;
            /** Format: int64 */
            max_attempts: number;
            /** Format: int64 */
            pages_done?: number | null;
            /** Format: int64 */
            pages_total?: number | null;
            /** Format: int32 */
            progress: number;
            /** Format: int64 */
            project_id: number;
            /** Format: int64 */
            queue_position?: number | null;
            /** Format: int64 */
            seq: number;
            stage: string;
            status: string;
            waiting_since?: string | null;
            warnings?: string[];
        };
        /** @description `error`: what went wrong, with which event, and what to do. */
        Error: components["schemas"]["About"] & {
            code: string;
            error: string;
            event: string;
            field?: string | null;
            message: string;
            /** Format: int64 */
            retry_after_s?: number | null;
            status: string;
        };
        /** @description `message_cancelled`. */
        MessageCancelled: {
            /** Format: int64 */
            chat_id: number;
            content: string;
            /** Format: int64 */
            message_id: number;
        };
        /** @description `message_complete`. */
        MessageComplete: {
            /** Format: int64 */
            chat_id: number;
            content: string;
            /** Format: int64 */
            message_id: number;
            metadata: components["schemas"]["AnswerMetadata"];
        };
        /** @description `message_received`. */
        MessageReceived: {
            /** Format: int64 */
            chat_id: number;
            /** Format: int64 */
            message_id: number;
            status: string;
            user_message: components["schemas"]["UserMessage"];
        };
        /** @description `message_sources`. */
        MessageSources: {
            /** Format: int64 */
            chat_id: number;
            /** Format: int64 */
            message_id: number;
            sources: components["schemas"]["Source"][];
        };
        /** @description `message_token`. */
        MessageToken: {
            /** Format: int64 */
            chat_id: number;
            /**
             * Format: int64
             * @description Only where several frames came as one.
             */
            first_seq?: number | null;
            /** Format: int64 */
            message_id: number;
            /** Format: int64 */
            seq: number;
            token: string;
        };
        /** @description `ping`. */
        PingIn: {
            /** @description Comes back as it is. */
            timestamp?: unknown;
        };
        /** @description `pong`. */
        Pong: {
            timestamp: unknown;
        };
        /** @description `presence`. */
        Presence: {
            /** Format: int64 */
            project_id: number;
            users: components["schemas"]["User"][];
        };
        /** @description `project_joined`, `project_left`. */
        ProjectPlace: {
            /** Format: int64 */
            project_id: number;
            status: string;
        };
        /** @description `join_project`, `leave_project`. */
        ProjectPlaceIn: {
            /** Format: int64 */
            project_id: number;
        };
        /** @description `project_update`. */
        ProjectUpdate: {
            data: unknown;
            type: string;
        };
        /** @description `send_message`. */
        QuestionIn: {
            /** Format: int64 */
            chat_id: number;
            /** @description Makes sending safe to repeat: the second time finds the first turn. */
            client_message_id?: string | null;
            /** @description Only these documents; an empty list finds nothing. */
            document_ids?: number[] | null;
            /** @description Unless this is false, the model is told what was said before. */
            include_history?: boolean | null;
            /** @description At most 32 KiB. */
            message: string;
            /** @description One that the provider does not have falls back to the default. */
            model?: string | null;
            /** Format: double */
            temperature?: number | null;
            /** Format: int64 */
            top_k?: number | null;
        };
        /** @description `read`. */
        Read: {
            /** Format: int64 */
            chat_id: number;
            /** Format: int64 */
            message_id: number;
            user: components["schemas"]["User"];
        };
        /** @description `mark_read`. */
        ReadIn: {
            /** Format: int64 */
            chat_id: number;
            /** Format: int64 */
            message_id: number;
        };
        /** @description `resume_message`. */
        ResumeIn: {
            /**
             * Format: int64
             * @description The last frame that is there already; -1 for all.
             */
            after_seq: number;
            /** Format: int64 */
            chat_id: number;
            /** Format: int64 */
            message_id: number;
        };
        Source: {
            content: string;
            id: string;
            metadata: components["schemas"]["SourceMetadata"];
            /** Format: double */
            score: number;
        };
        SourceMetadata: {
            /** Format: int64 */
            chunk_index: number;
            /** Format: int64 */
            document_id: number;
            /** Format: int64 */
            end: number;
            filename: string;
            /** Format: int64 */
            generation: number;
            heading?: string | null;
            /** Format: int64 */
            page?: number | null;
            /** Format: int64 */
            start: number;
        };
        /** @description `typing`. */
        Typing: {
            /** Format: int64 */
            chat_id: number;
            typing: boolean;
            user: components["schemas"]["User"];
        };
        /** @description `typing`. */
        TypingIn: {
            /** Format: int64 */
            chat_id: number;
            typing: boolean;
        };
        User: {
            /** Format: int64 */
            id: number;
            username: string;
        };
        UserMessage: {
            content: string;
            /** Format: int64 */
            id: number;
            user: components["schemas"]["User"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
export interface FromClient {
    "cancel_message": components["schemas"]["CancelIn"];
    "join_chat": components["schemas"]["ChatPlaceIn"];
    "join_project": components["schemas"]["ProjectPlaceIn"];
    "leave_chat": components["schemas"]["ChatPlaceIn"];
    "leave_project": components["schemas"]["ProjectPlaceIn"];
    "mark_read": components["schemas"]["ReadIn"];
    "ping": components["schemas"]["PingIn"];
    "resume_message": components["schemas"]["ResumeIn"];
    "send_message": components["schemas"]["QuestionIn"];
    "typing": components["schemas"]["TypingIn"];
}
export interface FromServer {
    "chat_joined": components["schemas"]["ChatPlace"];
    "chat_left": components["schemas"]["ChatPlace"];
    "connected": components["schemas"]["Connected"];
    "connection_status": components["schemas"]["ConnectionStatus"];
    "document_status": components["schemas"]["DocumentStatus"];
    "error": components["schemas"]["Error"];
    "message_cancelled": components["schemas"]["MessageCancelled"];
    "message_complete": components["schemas"]["MessageComplete"];
    "message_received": components["schemas"]["MessageReceived"];
    "message_sources": components["schemas"]["MessageSources"];
    "message_token": components["schemas"]["MessageToken"];
    "pong": components["schemas"]["Pong"];
    "presence": components["schemas"]["Presence"];
    "project_joined": components["schemas"]["ProjectPlace"];
    "project_left": components["schemas"]["ProjectPlace"];
    "project_update": components["schemas"]["ProjectUpdate"];
    "read": components["schemas"]["Read"];
    "typing": components["schemas"]["Typing"];
}
