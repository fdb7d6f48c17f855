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
        /** @description What clients send on both transports. */
        AiChatAskedIn: {
            /** @description Makes sending safe to repeat: the second time finds the first turn. */
            client_message_id?: string | null;
            /** @description At most 32 KiB. */
            message: string;
            /**
             * Format: int64
             * @description The caller's own project if it is left out; for visitors, the public one.
             */
            projectId?: number | null;
            sessionId?: components["schemas"]["Name"] | null;
        };
        /** @description `ai:chat`. */
        AiChatIn: components["schemas"]["AiChatAskedIn"] & {
            /** @description Speaks for this message alone, whoever the connection is. */
            token?: string | null;
        };
        /** @description `ai:complete`. */
        AiComplete: {
            cancelled?: boolean;
            /**
             * Format: int64
             * @description What the answer is called in the history.
             */
            chat_id: number;
            /** Format: int64 */
            message_id: number;
            response: string;
            sessionId: string;
            sources: components["schemas"]["Source"][];
        };
        /** @description `ai:error`. */
        AiError: {
            code: components["schemas"]["ErrorCode"];
            error: string;
            /** Format: int64 */
            retry_after_s?: number | null;
            sessionId?: string | null;
        };
        /** @description `ai:stream`, and the frame of a piece. */
        AiStream: {
            content: string;
            sessionId: string;
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
            unsupported?: components["schemas"]["Unsupported"][];
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
        /** @description `conversation`. */
        Conversation: {
            assistant_responses: components["schemas"]["ConversationAnswer"][];
            /** Format: int64 */
            chat_id: number;
            conversation_id: string;
            /** @description Names the turn in the log, too. */
            task_id: string;
            user_message: components["schemas"]["ConversationQuestion"];
        };
        ConversationAnswer: {
            content: string;
            created_at: string;
            /** Format: int64 */
            id: number;
            role: string;
            sources: components["schemas"]["Source"][];
            status: string;
        };
        /** @description `chat`. */
        ConversationIn: {
            /** @description Makes sending safe to repeat: the second time finds the first turn. */
            client_message_id?: string | null;
            conversation_id?: components["schemas"]["Name"] | null;
            /** @description At most 32 KiB. */
            message: string;
            metadata?: components["schemas"]["ConversationMetadataIn"] | null;
        };
        /** @description At most 16 KiB; what else is in it comes back with the question. */
        ConversationMetadataIn: {
            /** @description Only these documents; an empty list finds nothing. */
            document_ids?: number[] | null;
            /**
             * Format: int64
             * @description Where a new chat is opened; the caller's own project if it is left out.
             */
            project_id?: number | null;
        };
        /** @description `joined_conversation`, `left_conversation`. */
        ConversationPlace: {
            conversation_id: string;
            message: string;
        };
        /** @description `join_conversation`, `leave_conversation`. */
        ConversationPlaceIn: {
            conversation_id: components["schemas"]["Name"];
        };
        ConversationQuestion: {
            content: string;
            created_at: string;
            /** Format: int64 */
            id: number;
            metadata: {
                [key: string]: unknown;
            };
            role: string;
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
            /** @description What the stage is at: `ocr 12/400` while the picture of page 12 is read. */
            detail?: string | null;
            /** Format: int64 */
            document_id: number;
            /**
             * Format: int64
             * @description To which page, from the first on, passages are found by their meaning, too. Pages that were asked about or opened come
             *     before their turn, and count when those before them are there.
             */
            embedded_pages?: number | null;
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
            /**
             * Format: int64
             * @description Pages whose passages are found by their words. Before the document is completed only where it is read for the first
             *     time: searches show it as far as it is. A new version takes over when it is whole.
             */
            searchable_pages?: number | null;
            /** Format: int64 */
            seq: number;
            stage: string;
            status: string;
            waiting_since?: string | null;
            warnings?: string[];
        };
        /** @description `error`: what went wrong, with which event, and what to do. */
        Error: components["schemas"]["About"] & {
            code: components["schemas"]["ErrorCode"];
            error: components["schemas"]["ErrorCode"];
            event: string;
            field?: string | null;
            message: string;
            /** Format: int64 */
            retry_after_s?: number | null;
            status: string;
        };
        /** @enum {string} */
        ErrorCode: "bad_request" | "cancelled" | "chat_busy" | "conflict" | "corrupt_document" | "disk_full" | "embedding_failed" | "embedding_unavailable" | "empty_file" | "encrypted_document" | "extraction_crashed" | "extraction_limit" | "file_too_large" | "forbidden" | "idempotency_key_reused" | "internal" | "interrupted" | "invalid_payload" | "llm_unavailable" | "method_not_allowed" | "no_text" | "not_found" | "original_damaged" | "original_missing" | "overloaded" | "payload_too_large" | "range_not_satisfiable" | "rate_limited" | "request_timeout" | "request_under_way" | "retrieval_unavailable" | "storage_unavailable" | "too_many_attempts" | "unauthenticated" | "unsupported_file_type" | "unsupported_media_type";
        /** @description `error`. */
        ErrorEvent: components["schemas"]["Error"] & {
            /** @description There, the message once more. */
            content?: string | null;
            /** @description `error`, where a session failed. */
            type?: string | null;
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
        /** @description `message_progress`: before the first token, where a model reads long documents for a summary. */
        MessageProgress: {
            /** Format: int64 */
            chat_id: number;
            /** Format: int64 */
            document_id: number;
            /**
             * Format: int64
             * @description So many documents are summed up together.
             */
            documents: number;
            filename: string;
            /** Format: int64 */
            message_id: number;
            /**
             * Format: int64
             * @description Which of the documents that are summed up together, from 1.
             */
            nth: number;
            /**
             * Format: int64
             * @description Of so many parts.
             */
            of: number;
            /**
             * Format: int64
             * @description The part of the document that is read from now on, from 1.
             */
            part: number;
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
            /** @description Only where a statement that ends here is not borne out by the passages it cites. */
            unsupported?: components["schemas"]["Unsupported"][];
        };
        /** @description A name that a client chose, or an id of ours: a number, or its digits. */
        Name: string | number;
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
        SessionContent: {
            isSummary: boolean;
            message: string;
        };
        /** @description `ai_message` of a failure. */
        SessionError: {
            code: components["schemas"]["ErrorCode"];
            content: string;
            /** Format: int64 */
            message_id?: number | null;
            /** Format: int64 */
            retry_after_s?: number | null;
            type: string;
        };
        /** @description `ai_message` on connect. */
        SessionGreeting: {
            content: string;
            type: string;
        };
        /** @description `ai_message`: everything that is said in a session, told apart by `type`. */
        SessionMessage: components["schemas"]["SessionGreeting"] | components["schemas"]["SessionStatus"] | components["schemas"]["SessionResponse"] | components["schemas"]["SessionError"];
        SessionMessageIn: {
            /** @description Makes sending safe to repeat: the second time finds the first turn. */
            client_message_id?: string | null;
            /** @description At most 32 KiB. */
            message: string;
        };
        /** @description `ai_message`: an object, or the message alone. */
        SessionQuestionIn: string | components["schemas"]["SessionMessageIn"];
        /** @description `ai_response`. */
        SessionResponse: {
            cancelled?: boolean;
            content: components["schemas"]["SessionContent"];
            /** Format: int64 */
            message_id: number;
            /**
             * Format: int64
             * @description The user's questions in the session, the one that is answered included.
             */
            question_count: number;
            sources: components["schemas"]["Source"][];
            type: string;
        };
        /** @description `ai_status`. */
        SessionStatus: {
            content: string;
            type: string;
        };
        Source: {
            content: string;
            id: string;
            metadata: components["schemas"]["SourceMetadata"];
            /**
             * Format: double
             * @description 0 to 1, higher is better.
             */
            score: number;
        };
        SourceMetadata: {
            /**
             * Format: int64
             * @description 0-based place of the passage in its document.
             */
            chunk_index: number;
            /** @description Only where the document is deleted: the text and the heading of the passage are gone with it, and so is its name. */
            deleted?: boolean | null;
            /** Format: int64 */
            document_id: number;
            /** Format: int64 */
            end: number;
            filename: string;
            /** Format: int64 */
            generation: number;
            heading?: string | null;
            /**
             * Format: int64
             * @description 1-based; null where the format has no pages.
             */
            page?: number | null;
            /**
             * @description Only where its document was still being read when this was found, for the first time: what else stands in it
             *     could not be found yet.
             */
            partial?: boolean | null;
            /**
             * Format: int64
             * @description Offsets in Unicode code points into the document's text; `end` is exclusive.
             */
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
        /** @description A statement of an answer that the passages it cites do not bear out. */
        Unsupported: {
            /** @description What was looked for in the passages and not found, as the answer writes it. */
            about: string;
            /** Format: int64 */
            end: number;
            /** @description `number`, `unit`, `date`, `name`, `negation` or `source`. */
            reason: string;
            /**
             * Format: int64
             * @description Where the statement stands in the answer, in Unicode code points; `end` is exclusive.
             */
            start: number;
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
    "ai:chat": components["schemas"]["AiChatIn"];
    "ai_message": components["schemas"]["SessionQuestionIn"];
    "cancel_message": components["schemas"]["CancelIn"];
    "chat": components["schemas"]["ConversationIn"];
    "join_chat": components["schemas"]["ChatPlaceIn"];
    "join_conversation": components["schemas"]["ConversationPlaceIn"];
    "join_project": components["schemas"]["ProjectPlaceIn"];
    "leave_chat": components["schemas"]["ChatPlaceIn"];
    "leave_conversation": components["schemas"]["ConversationPlaceIn"];
    "leave_project": components["schemas"]["ProjectPlaceIn"];
    "mark_read": components["schemas"]["ReadIn"];
    "ping": components["schemas"]["PingIn"];
    "resume_message": components["schemas"]["ResumeIn"];
    "send_message": components["schemas"]["QuestionIn"];
    "typing": components["schemas"]["TypingIn"];
}
export interface FromServer {
    "ai:complete": components["schemas"]["AiComplete"];
    "ai:error": components["schemas"]["AiError"];
    "ai:stream": components["schemas"]["AiStream"];
    "ai_message": components["schemas"]["SessionMessage"];
    "ai_response": components["schemas"]["SessionResponse"];
    "ai_status": components["schemas"]["SessionStatus"];
    "chat_joined": components["schemas"]["ChatPlace"];
    "chat_left": components["schemas"]["ChatPlace"];
    "connected": components["schemas"]["Connected"];
    "connection_status": components["schemas"]["ConnectionStatus"];
    "conversation": components["schemas"]["Conversation"];
    "document_status": components["schemas"]["DocumentStatus"];
    "error": components["schemas"]["ErrorEvent"];
    "joined_conversation": components["schemas"]["ConversationPlace"];
    "left_conversation": components["schemas"]["ConversationPlace"];
    "message_cancelled": components["schemas"]["MessageCancelled"];
    "message_complete": components["schemas"]["MessageComplete"];
    "message_progress": components["schemas"]["MessageProgress"];
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
