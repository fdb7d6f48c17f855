// Made by `make api` from the interface's own description: change that, not this.
export interface paths {
    "/api/analytics/projects/{id}/dimensionality-reduction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["reduce_embeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/projects/{id}/embedding-stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["embedding_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/projects/{id}/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["chunk_embeddings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/projects/{id}/similarity-matrix": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["similarity_matrix"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/analytics/projects/{id}/test-retrieval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["test_retrieval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/asyncapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["asyncapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_api_keys"];
        put?: never;
        post: operations["create_api_key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_api_key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/auth/setup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["setup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_chat"];
        put: operations["rename_chat"];
        post?: never;
        delete: operations["delete_chat"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}/export/json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["export_chat_json"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}/export/markdown": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["export_chat_markdown"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_messages"];
        put?: never;
        /** The turn goes on when the client goes away; its answer is then found among the messages. */
        post: operations["send_message"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}/messages/{message_id}/feedback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The last word of each reader counts. */
        post: operations["give_feedback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}/messages/{message_id}/regenerate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** `message_id` is a question or one of its answers; the answers it had give way to the new one. */
        post: operations["regenerate_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}/messages/{message_id}/trace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Branches, what was fused, kept, dropped and why, and how long each step took. */
        get: operations["answer_trace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/chats/{id}/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The summary becomes a message of the chat, and stands in for what was said longer ago. */
        post: operations["summarise_chat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/bulk-delete": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ids that are not the caller's stand in `failed` as not found. */
        post: operations["delete_documents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/process": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ids that are not the caller's stand in `failed` as not found. */
        post: operations["process_documents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_document"];
        put?: never;
        post?: never;
        delete: operations["delete_document"];
        options?: never;
        head?: never;
        patch: operations["update_document"];
        trace?: never;
    };
    "/api/documents/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** At once if it waits in the queue, within a second if it is under way. What searches showed before stays. */
        post: operations["cancel_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/chunks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["document_chunks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["document_content"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["download_document"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/reprocess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What searches show stays until the new reading is done; one that is under way is given up for it. */
        post: operations["reprocess_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/tables/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["query_document_table"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["document_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/versions/{version}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["document_version_changes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/versions/{version}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["download_document_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/documents/{id}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Its bytes are read again under a new number; what answers come from stays until that is done. */
        post: operations["restore_document_version"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_entities"];
        put?: never;
        post: operations["create_entity"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{id}/related/{entity_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["relate_entities"];
        post?: never;
        delete: operations["unrelate_entities"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entities/{id}/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["grant_entity"];
        post?: never;
        delete: operations["revoke_entity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/overview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["jobs_overview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_job"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cleaning up cannot be cancelled: what is deleted must go. */
        post: operations["cancel_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The reading of a document begins anew with a job of its own, which is the one in the answer. */
        post: operations["retry_job"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/llm/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["model_status"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/maintenance/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["check_maintenance"];
        put?: never;
        post: operations["repair_maintenance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** `/api/openapi.json`: every route of the server, made from the same lines as the routes. */
        get: operations["openapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_projects"];
        put?: never;
        post: operations["create_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keeps the archive, holds everything but the originals against what an archive may be, and makes the project, with
         *     the caller as its only member. A job makes documents and chats of the rest; `import` in the answer, and in the
         *     project until that is done, says how far it is, and why it came to rest if it did.
         */
        post: operations["import_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_project"];
        put: operations["update_project"];
        post?: never;
        delete: operations["delete_project"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/chats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_chats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/chats/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_chats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_documents"];
        put?: never;
        /**
         * Streams the file to storage, then records it and queues its reading in one transaction. The room hears of it only
         *     after the commit. A file whose bytes the project already has is no error: the client gets the document it meant.
         */
        post: operations["upload_document"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/documents/bulk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Files are kept one by one as they arrive: a request that breaks off has uploaded the ones before. */
        post: operations["upload_documents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/documents/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_documents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/entities/{entity_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["link_entity"];
        post?: never;
        delete: operations["unlink_entity"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Originals, settings, and the chats that the caller may read as a member: not what is private to others, not even
         *     for admins. Packed while it is sent; that it was asked for is written down before the first byte.
         */
        post: operations["export_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/map": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["project_map"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_members"];
        /** Whoever has that name already gets the new role. Names that nobody has are written down, and tries are limited. */
        put: operations["add_member"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/members/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["set_member"];
        post?: never;
        delete: operations["remove_member"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["restore_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["search_project"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/projects/{id}/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["project_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put: operations["update_models"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/models/installed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["installed_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/models/popular": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["popular_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/models/pull": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["pull_model"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/settings/models/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["search_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_users"];
        put?: never;
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        patch: operations["update_user"];
        trace?: never;
    };
    "/api/v1/ai-assistant/ws/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["open_session"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["login_v1"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/ai/chat/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["ai_chat_stream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_workers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["docs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/assets/{file}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["docs_asset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every code, with its status and whether to try again. */
        get: operations["docs_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["healthz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/mcp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["mcp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** In the text format of Prometheus; docs/metrics.md lists every family. */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Only the database decides: without index, model, storage or news from other nodes there is still much that works. */
        get: operations["readiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/chat/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A failure before anything was found has a status of its own; a later one is a frame in the stream. */
        post: operations["create_chat_completion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/completions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: operations["create_completion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/embeddings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A text that is longer than what the model reads is refused: half a text has another vector. */
        post: operations["create_embeddings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["list_openai_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["get_openai_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/responses": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A failure before anything was found has a status of its own; a later one is `response.failed` in the stream. */
        post: operations["create_response"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
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
        /** @description What stands behind `data:`. */
        AiChatFrame: components["schemas"]["AiStream"] | components["schemas"]["AiSources"] | components["schemas"]["AiDone"] | components["schemas"]["AiFailed"];
        /** @description The body of a request for a stream. */
        AiChatStreamIn: components["schemas"]["AiChatAskedIn"] & {
            /** @description Whether a frame with the sources comes before the last one. */
            sources?: boolean | null;
        };
        /** @description The last frame of an answer. */
        AiDone: {
            cancelled?: boolean;
            done: boolean;
            sessionId: string;
        };
        /** @description The last frame of a failure. */
        AiFailed: {
            code: components["schemas"]["ErrorCode"];
            error: string;
        };
        /** @description The frame before the last one, where it was asked for. */
        AiSources: {
            sessionId: string;
            sources: components["schemas"]["Source"][];
        };
        /** @description `ai:stream`, and the frame of a piece. */
        AiStream: {
            content: string;
            sessionId: string;
        };
        Answer: {
            answer: string;
            /** Format: int64 */
            chat_id: number;
            /** @description 1-based numbers of the sources that the answer cites. */
            cited: number[];
            /** @description `stop`, `length`, or `no_answer` when the documents hold nothing relevant. */
            finish_reason?: string | null;
            /** Format: int64 */
            message_id: number;
            model?: string | null;
            /** Format: int64 */
            question_id: number;
            sources: components["schemas"]["Source"][];
            /** @description `completed`, or `cancelled` with what was written until then. */
            status: string;
        };
        ApiKey: {
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            last_used_at?: components["schemas"]["Time"] | null;
            /** @description Whether it may make keys and accounts, and change passwords. */
            manage_account: boolean;
            name: string;
            /** @description How the key begins. */
            prefix: string;
        };
        ApiKeyIn: {
            /**
             * @description Whether it may make keys and accounts, and change passwords. Others are refused that.
             * @default false
             */
            manage_account: boolean;
            /**
             * @description What it is for.
             * @default null
             */
            name: string | null;
        };
        AuditEntry: {
            action: string;
            address?: string | null;
            at: components["schemas"]["Time"];
            detail: unknown;
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            target_id?: number | null;
            target_kind?: string | null;
            /**
             * Format: int64
             * @description `null` for somebody who did not get in.
             */
            user_id?: number | null;
            username: string;
        };
        Author: {
            /** Format: int64 */
            id: number;
            username: string;
        };
        BulkDeleted: {
            deleted: number[];
            failed: components["schemas"]["FailedId"][];
            failed_count: number;
            successful: number;
            total: number;
        };
        /** @description The form of an upload of several files. */
        BulkForm: {
            files: string[];
        };
        BulkUploaded: {
            failed: components["schemas"]["FailedFile"][];
            failed_count: number;
            successful: number;
            total: number;
            uploaded: components["schemas"]["Document"][];
        };
        Chat: {
            author: components["schemas"]["Author"];
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            /** Format: int64 */
            message_count: number;
            /** Format: int64 */
            project_id: number;
            title: string;
            updated_at: components["schemas"]["Time"];
            /** @description `project`: its members read it; `private`: its author alone. */
            visibility: string;
        };
        ChatChangesIn: {
            /** @description 1 to 255 characters. */
            title: string;
        };
        /** @description `chat.completion`. */
        ChatCompletion: {
            choices: components["schemas"]["ChatCompletionChoice"][];
            /** Format: int64 */
            created: number;
            docent: components["schemas"]["ChatCompletionDocent"];
            id: string;
            model: string;
            object: string;
            sources: components["schemas"]["Source"][];
            usage: components["schemas"]["ChatCompletionUsage"];
        };
        ChatCompletionChoice: {
            finish_reason: string;
            /** Format: int32 */
            index: number;
            logprobs?: Record<string, never> | null;
            message: components["schemas"]["ChatCompletionMessage"];
        };
        /** @description `chat.completion.chunk`. */
        ChatCompletionChunk: {
            choices: components["schemas"]["ChatCompletionDelta"][];
            /** Format: int64 */
            created: number;
            docent?: components["schemas"]["ChatCompletionDocent"] | null;
            id: string;
            model: string;
            object: string;
            sources?: components["schemas"]["Source"][] | null;
            usage?: components["schemas"]["ChatCompletionUsage"] | null;
        };
        /** @description A text, or its parts. */
        ChatCompletionContentIn: string | components["schemas"]["ChatCompletionPartIn"][];
        ChatCompletionDelta: {
            delta: components["schemas"]["ChatCompletionPiece"];
            finish_reason?: string | null;
            /** Format: int32 */
            index: number;
            logprobs?: Record<string, never> | null;
        };
        /** @description Where the answer is kept, and what OpenAI's fields have no room for. */
        ChatCompletionDocent: {
            /** Format: int64 */
            chat_id: number;
            /** @description 1-based numbers of the sources that the answer cites. */
            cited: number[];
            /** @description As on the other doors: `no_answer` where the documents hold nothing relevant. */
            finish_reason?: string | null;
            /** Format: int64 */
            message_id: number;
            /** @description Who wrote it. */
            model?: string | null;
            /** @description `completed`, or `cancelled` where somebody stopped it. */
            status: string;
        };
        ChatCompletionFormatIn: {
            /** @description `text`. */
            type: string;
        };
        /** @description What stands behind `data:` in a stream, before `[DONE]`. */
        ChatCompletionFrame: components["schemas"]["ChatCompletionChunk"] | components["schemas"]["OpenAiError"];
        /**
         * @description What clients may send. Fields of OpenAI's that mean nothing here are ignored; those that would change what a
         *     client must be able to rely on are refused.
         */
        ChatCompletionIn: {
            /** @description Ours: only these documents. */
            document_ids?: number[] | null;
            /** @description False, if anything. */
            logprobs?: boolean | null;
            /** Format: int64 */
            max_completion_tokens?: number | null;
            /**
             * Format: int64
             * @description Tokens of the answer, handed on to the model; `max_completion_tokens` is the same.
             */
            max_tokens?: number | null;
            /** @description The last one is the question, those before it are the talk so far. */
            messages: components["schemas"]["ChatCompletionMessageIn"][];
            /** @description `project:{id}`, or `project:{id}/{model}` to choose the model that writes the answer. */
            model: string;
            /**
             * Format: int64
             * @description 1, if anything.
             */
            n?: number | null;
            response_format?: components["schemas"]["ChatCompletionFormatIn"] | null;
            stop?: components["schemas"]["ChatCompletionStopIn"] | null;
            /** @description Answers with server-sent events: a chunk each, then `[DONE]`. */
            stream?: boolean | null;
            stream_options?: components["schemas"]["ChatCompletionStreamOptionsIn"] | null;
            /** Format: float */
            temperature?: number | null;
            /** @description `auto` or `none`, if anything. */
            tool_choice?: string | null;
            /** @description An empty list, if anything, unless `tool_choice` is `none`: tools of clients are not called. */
            tools?: Record<string, never>[] | null;
            /**
             * Format: int64
             * @description Ours: how many sources, 1 to 50. For other servers it is a setting of sampling; its values for "off", 0 and -1,
             *     count as absent.
             */
            top_k?: number | null;
        };
        ChatCompletionMessage: {
            content: string;
            refusal?: Record<string, never> | null;
            role: string;
        };
        ChatCompletionMessageIn: {
            content?: components["schemas"]["ChatCompletionContentIn"] | null;
            /** @description `system`, `developer`, `user`, `assistant` or `tool`; what tools said is passed over. */
            role: string;
        };
        ChatCompletionPartIn: {
            text: string;
            /** @description `text`. */
            type?: string | null;
        };
        ChatCompletionPiece: {
            content?: string | null;
            role?: string | null;
        };
        /** @description One text, or several. */
        ChatCompletionStopIn: string | string[];
        ChatCompletionStreamOptionsIn: {
            include_usage?: boolean | null;
        };
        /** @description Tokens as the model counted them; where it does not, as the embedding model does. */
        ChatCompletionUsage: {
            /** Format: int64 */
            completion_tokens: number;
            /** Format: int64 */
            prompt_tokens: number;
            /** Format: int64 */
            total_tokens: number;
        };
        ChatIn: {
            project_id: components["schemas"]["Number"];
            /** @description Left out, the first question names it. */
            title?: string | null;
            /** @description `project` (the default) or `private`. */
            visibility?: string | null;
        };
        ChatWithMessages: components["schemas"]["Chat"] & {
            /** @description In the order in which they were said, the first 1000. */
            messages: components["schemas"]["Message"][];
        };
        Check: {
            /**
             * Format: int64
             * @description Their chunks that searches may show.
             */
            chunks: number;
            /**
             * Format: int64
             * @description Readings of documents that were looked at.
             */
            generations: number;
            mismatches: components["schemas"]["Mismatch"][];
            /**
             * Format: int64
             * @description What the index holds.
             */
            points: number;
            /** @description How many of them were put right. */
            repaired: number;
        };
        CheckIn: {
            /** @description Whether to put right what is found: stray files and points are removed, what the index lacks is put there again. */
            repair?: boolean | null;
        };
        Chunk: {
            /**
             * Format: int64
             * @description 0-based.
             */
            chunk_index: number;
            content: string;
            /** Format: int64 */
            document_id: number;
            /** Format: int64 */
            end: number;
            /** Format: int64 */
            generation: number;
            /** @description The headings above it, outermost first. */
            heading?: string | null;
            /** @description As the sources of answers name it. */
            id: string;
            /**
             * Format: int64
             * @description 1-based; null where the format has no pages.
             */
            page?: number | null;
            /**
             * Format: int64
             * @description Offsets in Unicode code points into the document's text; `end` is exclusive.
             */
            start: number;
            /** Format: int64 */
            tokens: number;
        };
        ChunkEmbedding: {
            chunk_id: string;
            /** Format: int64 */
            chunk_index: number;
            /** Format: int64 */
            document_id: number;
            document_name: string;
            embedding: number[];
            metadata: components["schemas"]["ChunkEmbeddingMetadata"];
            text?: string | null;
        };
        ChunkEmbeddingMetadata: {
            /** Format: int64 */
            page?: number | null;
        };
        ChunkEmbeddings: {
            embeddings: components["schemas"]["ChunkEmbedding"][];
            limit: number;
            total: number;
        };
        /** @description `text_completion`, whole or a piece of it. */
        Completion: {
            choices: components["schemas"]["CompletionChoice"][];
            /** Format: int64 */
            created: number;
            docent?: components["schemas"]["ChatCompletionDocent"] | null;
            id: string;
            model: string;
            object: string;
            sources?: components["schemas"]["Source"][] | null;
            usage?: components["schemas"]["ChatCompletionUsage"] | null;
        };
        CompletionChoice: {
            finish_reason?: string | null;
            /** Format: int32 */
            index: number;
            logprobs?: Record<string, never> | null;
            text: string;
        };
        /** @description What clients may send; other fields of OpenAI's mean nothing here. */
        CompletionIn: {
            /** @description Ours: only these documents. */
            document_ids?: number[] | null;
            /** @description False, if anything. */
            echo?: boolean | null;
            /** Format: int64 */
            max_tokens?: number | null;
            /** @description `project:{id}`, or `project:{id}/{model}`. */
            model: string;
            /**
             * Format: int64
             * @description 1, if anything.
             */
            n?: number | null;
            /** @description The question: a text, or a list with one. */
            prompt: components["schemas"]["ChatCompletionStopIn"];
            stop?: components["schemas"]["ChatCompletionStopIn"] | null;
            stream?: boolean | null;
            /** @description Empty, if anything: nothing is filled in between two texts. */
            suffix?: string | null;
            /** Format: float */
            temperature?: number | null;
            /**
             * Format: int64
             * @description Ours: how many sources.
             */
            top_k?: number | null;
        };
        Dependency: {
            message: string;
            /** @description `database`, `index`, `model`, `news` or `storage` (of the originals). */
            name: string;
            ok: boolean;
        };
        /** @description A document as clients see it. What belongs to a version is that of the newest one. */
        Document: {
            /** Format: int64 */
            attempts: number;
            /** Format: int64 */
            chunk_count: number;
            created_at: components["schemas"]["Time"];
            doc_metadata: unknown;
            /**
             * Format: int64
             * @description To which page, from the first on, passages are found by their meaning, too. Pages that were asked about or opened come
             *     before their turn, and count when those before them are there.
             */
            embedded_pages?: number | null;
            error_code?: string | null;
            error_message?: string | null;
            /**
             * Format: int64
             * @description In bytes.
             */
            file_size: number;
            file_type: string;
            filename: string;
            /** Format: int64 */
            generation: number;
            /** Format: int64 */
            id: number;
            mime_type: string;
            /** Format: int64 */
            page_count?: number | null;
            /** @description Names it within its project: the same path again is a new version. */
            path: string;
            processed_at?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description In percent.
             */
            progress: number;
            /** Format: int64 */
            project_id: number;
            /**
             * Format: int64
             * @description Pages whose passages are found by their words. Before the document is completed only where it is read for the first
             *     time: searches show it as far as it is. Null while searches show an earlier version, or nothing.
             */
            searchable_pages?: number | null;
            sha256: string;
            stage: string;
            /** @description `pending`, `processing`, `completed`, `failed` or `cancelled`. */
            status: string;
            updated_at: components["schemas"]["Time"];
            /** @description Which pages have no text, and why. */
            warnings: string[];
            /** Format: int64 */
            word_count: number;
        };
        DocumentChangesIn: {
            /** @description Takes the place of all of it. */
            doc_metadata?: {
                [key: string]: unknown;
            } | null;
            /** @description Shown and searched; the kind of file stays what it is. */
            filename?: string | null;
        };
        DocumentContent: {
            /** @description The text of `pages`, joined by empty lines. */
            content: string;
            /** Format: int64 */
            document_id: number;
            filename: string;
            /**
             * Format: int64
             * @description The version that was read: the live one if there is one, else the newest.
             */
            generation: number;
            /**
             * Format: int64
             * @description Where to go on if there are more pages.
             */
            next_after?: number | null;
            pages: components["schemas"]["PageView"][];
        };
        DocumentIdsIn: {
            /** @description At most 1000. */
            document_ids: components["schemas"]["Number"][];
        };
        /** @description An original of a document, and what reading it came to. */
        DocumentVersion: {
            /** Format: int64 */
            chunk_count: number;
            created_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description In bytes.
             */
            file_size: number;
            file_type: string;
            filename: string;
            mime_type: string;
            /** Format: int64 */
            page_count?: number | null;
            processed_at?: components["schemas"]["Time"] | null;
            sha256: string;
            /** @description `live` (answers come from it), `reading`, `replaced` (they did once) or `unread` (they never did). */
            state: string;
            /**
             * Format: int64
             * @description As `generation` in documents and sources. Reading the same bytes again makes a new number of the same version.
             */
            version: number;
            /** Format: int64 */
            word_count: number;
        };
        EmbeddedDocument: {
            /** Format: double */
            avg_norm: number;
            chunk_count: number;
            /** Format: int64 */
            document_id: number;
            document_name: string;
            /** Format: double */
            std_norm: number;
        };
        Embedding: {
            embedding: components["schemas"]["EmbeddingVector"];
            index: number;
            object: string;
        };
        /** @description One text, or several. */
        EmbeddingInput: string | string[];
        EmbeddingNumbers: {
            /**
             * Format: double
             * @description The mean cosine of all pairs; 0 where there are fewer than two.
             */
            avg_similarity: number;
            /** Format: double */
            max_norm: number;
            /** Format: double */
            mean_norm: number;
            /** Format: double */
            min_norm: number;
            /** Format: double */
            std_norm: number;
        };
        EmbeddingStats: {
            document_breakdown: components["schemas"]["EmbeddedDocument"][];
            embedding_dimension: number;
            embedding_model: string;
            stats: components["schemas"]["EmbeddingNumbers"];
            /**
             * Format: int64
             * @description Of the whole project; the rest is told of at most 5000 of them.
             */
            total_chunks: number;
            total_documents: number;
        };
        EmbeddingUsage: {
            prompt_tokens: number;
            total_tokens: number;
        };
        EmbeddingVector: number[] | string;
        Embeddings: {
            data: components["schemas"]["Embedding"][];
            model: string;
            object: string;
            usage: components["schemas"]["EmbeddingUsage"];
        };
        EmbeddingsIn: {
            /**
             * Format: int64
             * @description As many as the model gives.
             */
            dimensions?: number | null;
            /** @description `float` or `base64`. */
            encoding_format?: string | null;
            /** @description One text, or up to 256 of them; lists of token numbers mean another model's tokens and are refused. */
            input: components["schemas"]["EmbeddingInput"];
            model: string;
        };
        Entity: {
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            id: number;
            /** @description `doctor`, `patient`, `hospital`, or any other word. */
            kind: string;
            name: string;
        };
        EntityIn: {
            /** @description `doctor`, `patient`, `hospital`, or any other word of at most 64 characters. */
            kind: string;
            /** @description At most 255 characters. */
            name: string;
        };
        /** @enum {string} */
        ErrorCode: "bad_request" | "cancelled" | "chat_busy" | "conflict" | "corrupt_document" | "disk_full" | "embedding_failed" | "embedding_unavailable" | "empty_file" | "encrypted_document" | "extraction_crashed" | "extraction_limit" | "file_too_large" | "forbidden" | "idempotency_key_reused" | "internal" | "interrupted" | "invalid_payload" | "llm_unavailable" | "method_not_allowed" | "no_text" | "not_found" | "original_damaged" | "original_missing" | "overloaded" | "payload_too_large" | "range_not_satisfiable" | "rate_limited" | "request_timeout" | "request_under_way" | "retrieval_unavailable" | "storage_unavailable" | "too_many_attempts" | "unauthenticated" | "unsupported_file_type" | "unsupported_media_type";
        ExportedChat: {
            chat: components["schemas"]["Chat"];
            messages: components["schemas"]["Message"][];
        };
        /** @description A file of several that was refused. */
        FailedFile: {
            code: string;
            error: string;
            filename: string;
        };
        /** @description One of several that did not work. */
        FailedId: {
            error: string;
            /** Format: int64 */
            id: number;
        };
        Feedback: {
            comment: string;
            /** @description `up` or `down`. */
            rating: string;
            updated_at: components["schemas"]["Time"];
        };
        FeedbackCounts: {
            /** Format: int64 */
            down: number;
            /** Format: int64 */
            up: number;
        };
        FeedbackIn: {
            /** @description At most 2000 characters. */
            comment?: string | null;
            /** @description `up` or `down`. */
            rating: string;
        };
        FieldProblem: {
            field: string;
            message: string;
        };
        FoundDocuments: {
            documents: components["schemas"]["Document"][];
            query: string;
            /** Format: int64 */
            total: number;
        };
        FoundModel: components["schemas"]["OfferedModel"] & {
            type: string;
        };
        Health: {
            status: string;
        };
        HitView: {
            /** Format: int64 */
            chunk_index: number;
            dense?: components["schemas"]["PlaceView"] | null;
            /** Format: int64 */
            document_id: number;
            /** @description Why it is not among them: `not_live`, `below_threshold`, `duplicate` or `over_top_k`. */
            dropped?: string | null;
            /** Format: double */
            fused?: number | null;
            id: string;
            /** @description 1-based place among the results. */
            kept?: number | null;
            sparse?: components["schemas"]["PlaceView"] | null;
        };
        /** @description The form of an import. */
        ImportForm: {
            /** Format: binary */
            file: string;
        };
        InstalledModel: {
            modified_at?: string | null;
            name: string;
            /**
             * Format: int64
             * @description Bytes; 0 where that is not known, which is everywhere: providers do not tell.
             */
            size: number;
        };
        InstalledModels: {
            current_embedding: string;
            current_llm: string;
            embedding_models: components["schemas"]["InstalledModel"][];
            llm_models: components["schemas"]["InstalledModel"][];
        };
        /** @description One piece of queued work: ids and states, no content. */
        Job: {
            /**
             * Format: int64
             * @description The attempt under way, or the last one; 0 before the first.
             */
            attempt: number;
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            document_id?: number | null;
            error_code?: string | null;
            error_message?: string | null;
            finished_at?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            generation?: number | null;
            /** Format: int64 */
            id: number;
            kind: string;
            lease_until?: components["schemas"]["Time"] | null;
            /**
             * Format: int64
             * @description Times a dependency was away; they use up no attempt.
             */
            outages: number;
            /** Format: int64 */
            project_id: number;
            /** @description Not before. */
            run_after: components["schemas"]["Time"];
            started_at?: components["schemas"]["Time"] | null;
            /** @description `queued`, `running`, `done`, `failed` or `cancelled`. */
            state: string;
            worker?: string | null;
        };
        JobsOverview: {
            /** @description Failures that nothing was done about since, by reason; the most frequent first. */
            failures: components["schemas"]["ReasonView"][];
            last_read_at?: components["schemas"]["Time"] | null;
            oldest_queued_at?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            queued: number;
            /** @description Documents that were read in each of the last 60 minutes, the last one at the end. */
            read_per_minute: number[];
            /** Format: int64 */
            running: number;
            /** @description The jobs under way, the longest first; at most 100. */
            under_way: components["schemas"]["UnderWayView"][];
        };
        LoginIn: {
            /** @default  */
            password: string;
            /** @default  */
            username: string;
        };
        Map: {
            points: components["schemas"]["MapPoint"][];
            /** Format: int64 */
            project_id: number;
            /**
             * Format: int64
             * @description Chunks of the project; at most 5000 of them are on the map.
             */
            total: number;
        };
        MapPoint: {
            /** Format: int64 */
            chunk_index: number;
            /** Format: int64 */
            document_id: number;
            filename: string;
            /** @description As the sources of answers name the chunk. */
            id: string;
            /** Format: int64 */
            page?: number | null;
            /**
             * Format: float
             * @description Between -1 and 1.
             */
            x: number;
            /** Format: float */
            y: number;
        };
        Me: components["schemas"]["User"] & {
            /** @description Whether the server asks who one is; without, everybody is the local owner. */
            authentication: boolean;
            /** @description At most 1,000. */
            memberships: components["schemas"]["Membership"][];
        };
        Member: {
            created_at: components["schemas"]["Time"];
            /** @description `viewer`, `editor` or `owner`. */
            role: string;
            /** Format: int64 */
            user_id: number;
            username: string;
        };
        MemberIn: {
            /** @description `viewer`, `editor` or `owner`. */
            role: string;
        };
        Membership: {
            /** Format: int64 */
            project_id: number;
            project_name: string;
            /** @description `viewer`, `editor` or `owner`. */
            role: string;
        };
        Message: {
            /** Format: int64 */
            chat_id: number;
            /** @description 1-based numbers of the sources that the answer cites. */
            cited: number[];
            content: string;
            created_at: components["schemas"]["Time"];
            error?: components["schemas"]["MessageError"] | null;
            feedback?: components["schemas"]["Feedback"] | null;
            finished_at?: components["schemas"]["Time"] | null;
            /** Format: int64 */
            id: number;
            model_name?: string | null;
            /**
             * Format: int64
             * @description What an answer answers.
             */
            question_id?: number | null;
            /** @description `user`, `assistant` or `system`. */
            role: string;
            /** @description What an answer's `[n]` point at, in that order. */
            sources: components["schemas"]["Source"][];
            /** @description `streaming`, then exactly one of `completed`, `cancelled`, `failed`, `interrupted`. */
            status: string;
            /** @description Whether it sums up the talk before it. */
            summary: boolean;
            /** @description Statements that the cited passages do not bear out. */
            unsupported?: components["schemas"]["Unsupported"][];
        };
        /** @description Why an answer failed. */
        MessageError: {
            code: string;
            message: string;
        };
        /** @description One thing that differs. */
        Mismatch: {
            /** @description Numbers, for people. */
            detail: string;
            /** Format: int64 */
            document_id?: number | null;
            /** Format: int64 */
            generation?: number | null;
            /** @description `points`, `stray_points`, `chunks`, `original_damaged`, `original_missing`, `stray_file` or `garbage`. */
            kind: string;
            /** Format: int64 */
            project_id?: number | null;
            repaired: boolean;
        };
        ModelStatus: {
            connected: boolean;
            default_model: string;
            /** @description Never with credentials. */
            host: string;
            message: string;
            provider: string;
        };
        Models: {
            count: number;
            default_model: string;
            models: string[];
        };
        ModelsIn: {
            embedding_model?: string | null;
            llm_model?: string | null;
        };
        /** @description A name that a client chose, or an id of ours: a number, or its digits. */
        Name: string | number;
        NamedMemberIn: {
            /** @description `viewer`, `editor` or `owner`. */
            role: string;
            /** @description As they sign in, whatever its case. */
            username: string;
        };
        NewApiKey: components["schemas"]["ApiKey"] & {
            /** @description Shown this once. */
            key: string;
        };
        /** Format: int64 */
        Number: number;
        /** @description An event with its number. */
        NumberedResponseEvent: components["schemas"]["ResponseEvent"] & {
            /** Format: int64 */
            sequence_number: number;
        };
        /**
         * @description One that can be used here. Models that a server could have and does not have are not told: nothing here installs
         *     them.
         */
        OfferedModel: {
            description: string;
            installed: boolean;
            name: string;
            /** @description Of its file, for people; providers do not tell. */
            size: string;
        };
        /** @description `{"error": …}`: a body, or a frame in the middle of a stream. */
        OpenAiError: {
            error: components["schemas"]["OpenAiErrorBody"];
        };
        OpenAiErrorBody: {
            /** @description OpenAI's name where it has one, else ours. */
            code: string;
            message: string;
            /** @description The field that is missing or wrong. */
            param?: string | null;
            type: string;
        };
        OpenAiModel: {
            /**
             * Format: int64
             * @description Seconds since 1970; the day of the model that embeds is not known.
             */
            created: number;
            id: string;
            /** @description The project's name, for people. */
            name: string;
            object: string;
            owned_by: string;
        };
        OpenAiModels: {
            data: components["schemas"]["OpenAiModel"][];
            object: string;
        };
        PageView: {
            /**
             * Format: double
             * @description Of a page that was read from its picture, or that has pictures with text: how sure its recogniser was, 0 to 1.
             */
            confidence?: number | null;
            /** @description In Unicode code points. */
            length: number;
            /**
             * Format: int64
             * @description 1-based: page, slide, sheet or chapter.
             */
            number: number;
            /** @description Whether the number is a page that can be cited. */
            numbered: boolean;
            /**
             * Format: int64
             * @description In Unicode code points, into the text of the whole document.
             */
            start: number;
            /** @description `text`, `ocr` (read from a picture), `empty`, `garbled` or `needs_ocr` (a picture that was not read). */
            verdict: string;
            warning?: string | null;
            /** @description With `words`: where each word of the picture stands. */
            words?: components["schemas"]["PageWord"][];
        };
        /** @description A word on the picture of a page. */
        PageWord: {
            /** @description Left, top, right, bottom, as shares of the page (0 to 1). */
            area: number[];
            /**
             * Format: int64
             * @description In Unicode code points.
             */
            length: number;
            /**
             * Format: int64
             * @description In Unicode code points, into the text of the page.
             */
            start: number;
        };
        PasswordIn: {
            current_password: string;
            /** @description 8 to 256 bytes. */
            new_password: string;
        };
        PlaceView: {
            /** @description 1-based. */
            rank: number;
            /** Format: float */
            score: number;
        };
        PopularModels: {
            embedding_models: components["schemas"]["OfferedModel"][];
            llm_models: components["schemas"]["OfferedModel"][];
        };
        /** @description What every refused request is answered with. */
        Problem: {
            code: string;
            /** @description What to do about this one. */
            detail: string;
            /** @description Fields that are missing or wrong. */
            errors?: components["schemas"]["FieldProblem"][];
            /** @description Names this request in the server's log. */
            request_id?: string | null;
            /** Format: int32 */
            status: number;
            /** @description The same for every problem of this code. */
            title: string;
            /** @description Where the code is explained. */
            type: string;
        };
        Project: {
            /** Format: int64 */
            chat_count: number;
            created_at: components["schemas"]["Time"];
            description: string;
            /** Format: int64 */
            document_count: number;
            /** Format: int64 */
            id: number;
            import?: components["schemas"]["ProjectImport"] | null;
            name: string;
            /** @description What the caller is in it: `viewer`, `editor` or `owner`. */
            role: string;
            settings: unknown;
            /** Format: int64 */
            total_chunks: number;
            updated_at: components["schemas"]["Time"];
        };
        ProjectChangesIn: {
            /** @description An empty string clears it. */
            description?: string | null;
            /** @description 1 to 255 characters. */
            name?: string | null;
            /** @description Takes the place of all settings. */
            settings?: {
                [key: string]: unknown;
            } | null;
        };
        /** @description How far an archive has become a project. */
        ProjectImport: {
            /** Format: int64 */
            chats: number;
            /** Format: int64 */
            chats_done: number;
            /**
             * Format: int64
             * @description In the archive.
             */
            documents: number;
            /** Format: int64 */
            documents_done: number;
            error_code?: string | null;
            error_message?: string | null;
            /** @description `importing` or `failed`. */
            status: string;
        };
        ProjectIn: {
            description?: string | null;
            /** @description 1 to 255 characters. */
            name: string;
            settings?: {
                [key: string]: unknown;
            } | null;
        };
        ProjectStatistics: {
            /** Format: int64 */
            chat_count: number;
            created_at: components["schemas"]["Time"];
            /** Format: int64 */
            document_count: number;
            /** @description How many documents stand where. */
            documents_by_status: {
                [key: string]: number;
            };
            feedback?: components["schemas"]["FeedbackCounts"] | null;
            /** Format: int64 */
            message_count: number;
            /** Format: int64 */
            project_id: number;
            project_name: string;
            /** Format: int64 */
            total_chunks: number;
            /** Format: int64 */
            total_pages: number;
            /**
             * Format: int64
             * @description Of the newest originals.
             */
            total_size_bytes: number;
            /** Format: int64 */
            total_words: number;
            updated_at: components["schemas"]["Time"];
        };
        PullIn: {
            model_name: string;
        };
        QuestionIn: {
            /** @description Makes sending safe to repeat, as the header `Idempotency-Key` does. */
            client_message_id?: string | null;
            /** @description Only these documents; an empty list finds nothing. */
            document_ids?: components["schemas"]["Number"][] | null;
            /** @description Whether the model is told what was said before; it is unless this is `false`. */
            include_history?: boolean | null;
            max_history?: components["schemas"]["Number"] | null;
            /** @description At most 32 KiB. */
            message: string;
            /** @description One that the provider does not have falls back to the default. */
            model?: string | null;
            /** @description Answers with server-sent events: those of a project room's turn, by the same names. */
            stream?: boolean | null;
            /**
             * Format: float
             * @description 0 to 2.
             */
            temperature?: number | null;
            top_k?: components["schemas"]["Number"] | null;
        };
        Queued: {
            failed: components["schemas"]["FailedId"][];
            failed_count: number;
            queued: components["schemas"]["Document"][];
            successful: number;
            total: number;
        };
        Readiness: {
            dependencies?: components["schemas"]["Dependency"][] | null;
            /** @description `ready`, or `not_ready` without the database. */
            status: string;
        };
        ReasonView: {
            /** Format: int64 */
            count: number;
            error_code: string;
            latest_at?: components["schemas"]["Time"] | null;
        };
        ReducedPoint: {
            chunk_id: string;
            /** Format: int64 */
            chunk_index: number;
            /** Format: int64 */
            document_id: number;
            document_name: string;
            text_preview: string;
            /** Format: float */
            x: number;
            /** Format: float */
            y: number;
            /** Format: float */
            z?: number | null;
        };
        Reduction: {
            dimensions: number;
            /** Format: double */
            explained_variance?: number | null;
            method: string;
            points: components["schemas"]["ReducedPoint"][];
            total_points: number;
        };
        ReductionIn: {
            dimensions?: components["schemas"]["Number"] | null;
            document_ids?: components["schemas"]["Number"][] | null;
            /** @description `pca`, the only one there is. */
            method?: string | null;
            n_samples?: components["schemas"]["Number"] | null;
        };
        RefreshIn: {
            /**
             * @description Pages leave it out: it comes in their cookie.
             * @default null
             */
            refresh_token: string | null;
        };
        RegenerateIn: {
            /** @description Answers with server-sent events. */
            stream?: boolean | null;
        };
        RelationIn: {
            /**
             * @description `self` (the default), or another word: `parent`, `staff` …
             * @default null
             */
            relation: string | null;
        };
        /** @description `response`. */
        Response: {
            /** Format: int64 */
            created_at: number;
            docent?: components["schemas"]["ChatCompletionDocent"] | null;
            error?: components["schemas"]["ResponseError"] | null;
            id: string;
            incomplete_details?: components["schemas"]["ResponseIncomplete"] | null;
            instructions?: string | null;
            /** Format: int32 */
            max_output_tokens?: number | null;
            metadata: Record<string, never>;
            model: string;
            object: string;
            output: components["schemas"]["ResponseMessage"][];
            parallel_tool_calls: boolean;
            previous_response_id?: string | null;
            /** @description Ours. */
            sources: components["schemas"]["Source"][];
            /** @description `in_progress`, `completed`, `incomplete` or `failed`. */
            status: string;
            store: boolean;
            /** Format: float */
            temperature?: number | null;
            text: components["schemas"]["ResponseText"];
            tool_choice: string;
            tools: Record<string, never>[];
            truncation: string;
            usage?: components["schemas"]["ResponseUsage"] | null;
        };
        ResponseCachedTokens: {
            /** Format: int64 */
            cache_write_tokens: number;
            /** Format: int64 */
            cached_tokens: number;
        };
        ResponseCitation: {
            file_id: string;
            filename: string;
            /** @description Where its first marker stands in the text, in characters. */
            index: number;
            type: string;
        };
        ResponseError: {
            code: string;
            message: string;
        };
        /** @description What is told of a response while it is written, told apart by `type`. */
        ResponseEvent: {
            response: components["schemas"]["Response"];
            /** @enum {string} */
            type: "response.created";
        } | {
            response: components["schemas"]["Response"];
            /** @enum {string} */
            type: "response.in_progress";
        } | {
            item: components["schemas"]["ResponseMessage"];
            /** Format: int32 */
            output_index: number;
            /** @enum {string} */
            type: "response.output_item.added";
        } | {
            /** Format: int32 */
            content_index: number;
            item_id: string;
            /** Format: int32 */
            output_index: number;
            part: components["schemas"]["ResponsePart"];
            /** @enum {string} */
            type: "response.content_part.added";
        } | {
            /** Format: int32 */
            content_index: number;
            delta: string;
            item_id: string;
            logprobs: Record<string, never>[];
            /** Format: int32 */
            output_index: number;
            /** @enum {string} */
            type: "response.output_text.delta";
        } | {
            /** Format: int32 */
            content_index: number;
            item_id: string;
            logprobs: Record<string, never>[];
            /** Format: int32 */
            output_index: number;
            text: string;
            /** @enum {string} */
            type: "response.output_text.done";
        } | {
            /** Format: int32 */
            content_index: number;
            item_id: string;
            /** Format: int32 */
            output_index: number;
            part: components["schemas"]["ResponsePart"];
            /** @enum {string} */
            type: "response.content_part.done";
        } | {
            item: components["schemas"]["ResponseMessage"];
            /** Format: int32 */
            output_index: number;
            /** @enum {string} */
            type: "response.output_item.done";
        } | {
            response: components["schemas"]["Response"];
            /** @enum {string} */
            type: "response.completed";
        } | {
            response: components["schemas"]["Response"];
            /** @enum {string} */
            type: "response.incomplete";
        } | {
            response: components["schemas"]["Response"];
            /** @enum {string} */
            type: "response.failed";
        };
        ResponseFormat: {
            type: string;
        };
        ResponseFormatIn: {
            /** @description `text`. */
            type: string;
        };
        /**
         * @description What clients may send. Fields of OpenAI's that mean nothing here are ignored; those that would change what a
         *     client must be able to rely on are refused.
         */
        ResponseIn: {
            /** @description False, if anything. */
            background?: boolean | null;
            /** @description Not offered: send `previous_response_id`. */
            conversation?: Record<string, never> | null;
            /** @description Ours: only these documents. */
            document_ids?: number[] | null;
            /** @description The question, or a talk whose last message it is. */
            input: components["schemas"]["ResponseInputIn"];
            /** @description Comes before the talk, for this answer alone. */
            instructions?: string | null;
            /** Format: int64 */
            max_output_tokens?: number | null;
            /** @description `project:{id}`, or `project:{id}/{model}` to choose the model that writes the answer. */
            model: string;
            /** @description Goes on with the talk of an earlier response; its instructions are not taken along. */
            previous_response_id?: string | null;
            stream?: boolean | null;
            /** Format: float */
            temperature?: number | null;
            text?: components["schemas"]["ResponseTextIn"] | null;
            /** @description `auto` or `none`, if anything. */
            tool_choice?: string | null;
            /** @description An empty list, if anything, unless `tool_choice` is `none`: tools of clients are not called. */
            tools?: Record<string, never>[] | null;
            /**
             * Format: int64
             * @description Ours: how many sources, 1 to 50; 0 and -1 count as absent.
             */
            top_k?: number | null;
        };
        ResponseIncomplete: {
            reason: string;
        };
        /** @description A text, or messages. */
        ResponseInputIn: string | components["schemas"]["ResponseItemIn"][];
        /** @description A message; calls of tools, what came of them, and thoughts of a model are passed over. */
        ResponseItemIn: {
            content: components["schemas"]["ChatCompletionContentIn"];
            role: string;
            type?: string | null;
        };
        /** @description The one message of a response. */
        ResponseMessage: {
            content: components["schemas"]["ResponsePart"][];
            id: string;
            role: string;
            status: string;
            type: string;
        };
        ResponsePart: {
            /** @description The documents that the answer cites. */
            annotations: components["schemas"]["ResponseCitation"][];
            logprobs: Record<string, never>[];
            text: string;
            type: string;
        };
        ResponseReasoningTokens: {
            /** Format: int64 */
            reasoning_tokens: number;
        };
        ResponseText: {
            format: components["schemas"]["ResponseFormat"];
        };
        ResponseTextIn: {
            format?: components["schemas"]["ResponseFormatIn"] | null;
        };
        ResponseUsage: {
            /** Format: int64 */
            input_tokens: number;
            input_tokens_details: components["schemas"]["ResponseCachedTokens"];
            /** Format: int64 */
            output_tokens: number;
            output_tokens_details: components["schemas"]["ResponseReasoningTokens"];
            /** Format: int64 */
            total_tokens: number;
        };
        RetrievalIn: {
            query: string;
            /** @description Whether the question's own vector is told, too. */
            return_embeddings?: boolean | null;
            top_k?: components["schemas"]["Number"] | null;
        };
        SearchIn: {
            /** @description Only these documents; an empty list finds nothing. */
            document_ids?: components["schemas"]["Number"][] | null;
            /** @description `hybrid` (the default), `dense` or `sparse`. */
            mode?: string | null;
            query: string;
            top_k?: components["schemas"]["Number"] | null;
        };
        SearchResults: {
            /** Format: double */
            latency_ms: number;
            query: string;
            /** @description Best first. */
            results: components["schemas"]["Source"][];
            trace?: components["schemas"]["Trace"] | null;
        };
        Settings: {
            default_chunk_overlap: number;
            /** @description Tokens of the embedding model. */
            default_chunk_size: number;
            default_embedding_model: string;
            default_llm_model: string;
            /** @description Sources of an answer. */
            default_retrieval_k: number;
            /** @description Pages choose for themselves. */
            theme: string;
        };
        SetupIn: {
            code: string;
            email?: string | null;
            /** @description 8 to 256 bytes. */
            password: string;
            username: string;
        };
        SimilarItem: {
            id: string;
            label: string;
        };
        SimilarityIn: {
            document_ids?: components["schemas"]["Number"][] | null;
            max_items?: components["schemas"]["Number"] | null;
            /** @description `document` (the default) or `chunk`. */
            scope?: string | null;
        };
        SimilarityMatrix: {
            items: components["schemas"]["SimilarItem"][];
            /** @description Cosines, row by row. */
            matrix: number[][];
            scope: string;
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
        TableConditionIn: {
            column: string;
            /** @description `=`, `<`, `<=`, `>`, `>=` or `contains`. */
            sign: string;
            /** @description A number or a text. */
            value: unknown;
        };
        TableQueryIn: {
            /** @description The column that is computed with. */
            column?: string | null;
            /** @description `count`, `distinct`, `sum`, `average`, `max`, `min` or `rows`; without it the tables are listed. */
            operation?: string | null;
            /**
             * Format: int32
             * @description Which table of the document, counted from 0.
             */
            table?: number | null;
            /** @description All of them have to hold. */
            where?: components["schemas"]["TableConditionIn"][] | null;
        };
        TestedResult: {
            chunk_id: string;
            /** Format: int64 */
            chunk_index: number;
            /** Format: double */
            distance: number;
            /** Format: int64 */
            document_id: number;
            document_name: string;
            /**
             * Format: double
             * @description 0 to 1, higher is better.
             */
            score: number;
            text: string;
        };
        TestedRetrieval: {
            query: string;
            query_embedding?: number[] | null;
            results: components["schemas"]["TestedResult"][];
            stats: components["schemas"]["TestedScores"];
        };
        TestedScores: {
            /** Format: double */
            avg_score: number;
            /** Format: double */
            max_score: number;
            /** Format: double */
            min_score: number;
            score_distribution: number[];
        };
        /** Format: date-time */
        Time: string;
        TimingsView: {
            /** Format: double */
            check_ms: number;
            /** Format: double */
            embed_ms: number;
            /** Format: double */
            search_ms: number;
            /** Format: double */
            total_ms: number;
        };
        /** @description The tokens of a sign-in, shown this once. */
        Tokens: {
            access_token: string;
            /**
             * Format: int64
             * @description Seconds.
             */
            expires_in: number;
            refresh_token: string;
            /** @description Always `bearer`. */
            token_type: string;
            user: components["schemas"]["User"];
        };
        Trace: {
            /** @description Everything that was looked at, best first. */
            hits: components["schemas"]["HitView"][];
            /** @description Hits per branch that the last round asked for. */
            limit: number;
            /**
             * Format: int32
             * @description How often the index was asked.
             */
            rounds: number;
            timings: components["schemas"]["TimingsView"];
        };
        /** @description One job that a worker is at: ids and numbers, no content. */
        UnderWayView: {
            /** Format: int64 */
            attempt: number;
            /** Format: int64 */
            chunks_done?: number | null;
            /** Format: int64 */
            chunks_total?: number | null;
            /** Format: int64 */
            document_id?: number | null;
            /** Format: int64 */
            id: number;
            kind: string;
            /** Format: int64 */
            pages_done?: number | null;
            /** Format: int64 */
            pages_total?: number | null;
            /**
             * Format: int64
             * @description In percent.
             */
            progress?: number | null;
            /** Format: int64 */
            project_id: number;
            /** @description Of the document: `extracting`, `chunking`, `embedding` or `indexing`. */
            stage?: string | null;
            started_at?: components["schemas"]["Time"] | null;
            worker?: string | null;
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
        /** @description The form of an upload. */
        UploadForm: {
            /** Format: binary */
            file: string;
            /** @description Names the document within its project, instead of the file's name. */
            path?: string | null;
        };
        Uploaded: {
            document: components["schemas"]["Document"];
            /** @description Whether the project had the document already. */
            duplicate: boolean;
            message: string;
        };
        /** @description An account as its owner and admins see it; never with its password's hash. */
        User: {
            created_at: components["schemas"]["Time"];
            disabled: boolean;
            email?: string | null;
            /** Format: int64 */
            id: number;
            /** @description `admin` or `user`. */
            role: string;
            username: string;
        };
        UserChangesIn: {
            disabled?: boolean | null;
            /** @description `null` takes it away. */
            email?: string | null;
            /** @description 8 to 256 bytes; ends the account's sign-ins. */
            password?: string | null;
            /** @description `admin` or `user`. */
            role?: string | null;
            username?: string | null;
        };
        UserIn: {
            email?: string | null;
            /** @description 8 to 256 bytes. */
            password: string;
            /** @description `admin` or `user` (the default). */
            role?: string | null;
            username: string;
        };
        /** @description A statement with its passages: with `before` and `after` it was changed, with one of them removed or added. */
        VersionChange: {
            after?: components["schemas"]["VersionStatement"] | null;
            before?: components["schemas"]["VersionStatement"] | null;
            /** @description The headings above it. */
            heading?: string | null;
        };
        /** @description What changed from the version `since` to `version`. Where a statement stands is no change. */
        VersionChanges: {
            added: number;
            /** @description Statements that are worded otherwise. */
            changed: number;
            /** @description Those asked for, in the order of the document. */
            changes: components["schemas"]["VersionChange"][];
            filename: string;
            removed: number;
            /** @description Headings that only `version` has. */
            sections_added: string[];
            /** @description Headings that only `since` has. */
            sections_removed: string[];
            /** Format: int64 */
            since: number;
            /** Format: int64 */
            version: number;
        };
        VersionStatement: {
            /** @description As it stood in its version: `generation` says in which. */
            source: components["schemas"]["Source"];
            text: string;
        };
        Worker: {
            last_seen_at: components["schemas"]["Time"];
            name: string;
            /** @description The process it belongs to, as `worker` of a job names it. */
            process: string;
            queue: string;
            started_at?: components["schemas"]["Time"] | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    reduce_embeddings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReductionIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reduction"];
                };
            };
        };
    };
    embedding_stats: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EmbeddingStats"];
                };
            };
        };
    };
    chunk_embeddings: {
        parameters: {
            query?: {
                /** @description Only this document's. */
                document_id?: number;
                /** @description 1 to 2000, 500 unless given. */
                limit?: number;
                include_text?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChunkEmbeddings"];
                };
            };
        };
    };
    similarity_matrix: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SimilarityIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SimilarityMatrix"];
                };
            };
        };
    };
    test_retrieval: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetrievalIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestedRetrieval"];
                };
            };
        };
    };
    asyncapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    audit: {
        parameters: {
            query?: {
                /** @description Only this kind of entry, such as `login`. */
                action?: string;
                /** @description Only what this user did. */
                user_id?: number;
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEntry"][];
                };
            };
        };
    };
    list_api_keys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"][];
                };
            };
        };
    };
    create_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
        };
    };
    delete_api_key: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshIn"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    setup: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetupIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    create_chat: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
        };
    };
    get_chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatWithMessages"];
                };
            };
        };
    };
    rename_chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatChangesIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"];
                };
            };
        };
    };
    delete_chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    export_chat_json: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportedChat"];
                };
            };
        };
    };
    export_chat_markdown: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/markdown": string;
                };
            };
        };
    };
    list_messages: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"][];
                };
            };
        };
    };
    send_message: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QuestionIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                    "text/event-stream": string;
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    give_feedback: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                message_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FeedbackIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Feedback"];
                };
            };
        };
    };
    regenerate_answer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RegenerateIn"] | null;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answer"];
                    "text/event-stream": string;
                };
            };
        };
    };
    answer_trace: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                message_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    summarise_chat: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    delete_documents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentIdsIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkDeleted"];
                };
            };
        };
    };
    process_documents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentIdsIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queued"];
                };
            };
        };
    };
    get_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
        };
    };
    delete_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DocumentChangesIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
        };
    };
    cancel_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
        };
    };
    document_chunks: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chunk"][];
                };
            };
        };
    };
    document_content: {
        parameters: {
            query?: {
                /** @description Only pages with a higher number than this: go on with the `next_after` of the answer before. */
                after?: number;
                /** @description At most 1000 pages. */
                limit?: number;
                /** @description Whether to tell where the words of recognised pages stand. */
                words?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentContent"];
                };
            };
        };
    };
    download_document: {
        parameters: {
            query?: never;
            header?: {
                Range?: string | null;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reprocess_document: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
        };
    };
    query_document_table: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TableQueryIn"];
            };
        };
        responses: {
            /** @description `tables`, or `result`, `formula` and the `rows` that it stands on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    document_versions: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DocumentVersion"][];
                };
            };
        };
    };
    document_version_changes: {
        parameters: {
            query?: {
                /** @description The version to compare with; without it, the one before that says something else. */
                since?: number;
                /** @description How many changes to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 500. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionChanges"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    download_document_version: {
        parameters: {
            query?: never;
            header?: {
                Range?: string | null;
            };
            path: {
                id: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": unknown;
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    restore_document_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_entities: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entity"][];
                };
            };
        };
    };
    create_entity: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EntityIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entity"];
                };
            };
        };
    };
    relate_entities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                entity_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unrelate_entities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                entity_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    grant_entity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RelationIn"];
            };
        };
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    revoke_entity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_jobs: {
        parameters: {
            query?: {
                /** @description Only jobs in it: `queued`, `running`, `done`, `failed` or `cancelled`. */
                state?: string;
                /** @description Only jobs that ended with this error. */
                error_code?: string;
                /** @description Only jobs that nothing was done about since: not those whose document was read again, replaced or deleted. */
                unresolved?: boolean;
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"][];
                };
            };
        };
    };
    jobs_overview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobsOverview"];
                };
            };
        };
    };
    get_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
        };
    };
    cancel_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
        };
    };
    retry_job: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
        };
    };
    list_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Models"];
                };
            };
        };
    };
    model_status: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelStatus"];
                };
            };
        };
    };
    check_maintenance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Check"];
                };
            };
        };
    };
    repair_maintenance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CheckIn"] | null;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Check"];
                };
            };
        };
    };
    openapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
        };
    };
    list_projects: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"][];
                };
            };
        };
    };
    create_project: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    import_project: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ImportForm"];
            };
        };
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    get_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    update_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProjectChangesIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    delete_project: {
        parameters: {
            query?: {
                /** @description `false` hides the project for 30 days; it can be restored until then. */
                hard_delete?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    list_chats: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"][];
                };
            };
        };
    };
    search_chats: {
        parameters: {
            query: {
                /** @description Part of the title or of a message. */
                q: string;
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Chat"][];
                };
            };
        };
    };
    list_documents: {
        parameters: {
            query?: {
                /** @description Only documents that stand there: `pending`, `processing`, `completed`, `failed` or `cancelled`. */
                status_filter?: string;
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Document"][];
                };
            };
        };
    };
    upload_document: {
        parameters: {
            query?: {
                /** @description What to do with a file that the project has already: `existing` (the default), `skip`, `replace`, `allow`. */
                on_duplicate?: string;
                /** @description Seconds to wait for the document to be read, at most 30. */
                wait?: number;
            };
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["UploadForm"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Uploaded"];
                };
            };
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Uploaded"];
                };
            };
        };
    };
    upload_documents: {
        parameters: {
            query?: {
                /** @description What to do with files that the project has already: `existing` (the default), `skip`, `replace`, `allow`. */
                on_duplicate?: string;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["BulkForm"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkUploaded"];
                };
            };
        };
    };
    search_documents: {
        parameters: {
            query: {
                /** @description Part of the file name. */
                q: string;
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundDocuments"];
                };
            };
        };
    };
    link_entity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                entity_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    unlink_entity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                entity_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    export_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": unknown;
                };
            };
        };
    };
    project_map: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Map"];
                };
            };
        };
    };
    list_members: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"][];
                };
            };
        };
    };
    add_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NamedMemberIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    set_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MemberIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Member"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    remove_member: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
                user_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    restore_project: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
        };
    };
    search_project: {
        parameters: {
            query?: {
                /** @description Whether to tell how the results were found. */
                trace?: boolean;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResults"];
                };
            };
        };
    };
    project_statistics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectStatistics"];
                };
            };
        };
    };
    get_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
        };
    };
    update_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ModelsIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Settings"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    installed_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstalledModels"];
                };
            };
        };
    };
    popular_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PopularModels"];
                };
            };
        };
    };
    pull_model: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PullIn"];
            };
        };
        responses: {
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    search_models: {
        parameters: {
            query: {
                /** @description A part of the name, in any case. */
                query: string;
                /** @description `llm` or `embedding`; both if it is left out. */
                model_type?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundModel"][];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: {
                /** @description How many to leave out at the beginning. */
                skip?: number;
                /** @description How many to answer with, at most 1000. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "X-Total-Count"?: number;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"][];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserIn"];
            };
        };
        responses: {
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    delete_user: {
        parameters: {
            query?: {
                /** @description The account that is to own the projects which nobody else owns. Without it, such projects are a conflict. */
                transfer_to?: number;
            };
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    update_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChangesIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    open_session: {
        parameters: {
            query?: {
                /** @description Also `Authorization`, or the subprotocol `bearer, <token>` */
                token?: string;
                /** @description Also the header `user-entity-id` */
                user_entity_id?: string;
                /** @description Whether answers come piece by piece, too */
                stream?: boolean;
            };
            header?: never;
            path: {
                /** @description A chat's id, or a name of the caller's own */
                session_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Frames as the AsyncAPI document tells them */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may see this, but not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An answer is still being written */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another media type than this address takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are missing or wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login_v1: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LoginIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Tokens"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ai_chat_stream: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AiChatStreamIn"];
            };
        };
        responses: {
            /** @description Frames of at most 1 KiB, `: keep-alive` where there is nothing to say; to a new visitor with a cookie */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["AiChatFrame"];
                };
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may see this, but not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An answer is still being written */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another media type than this address takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are missing or wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_workers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Worker"][];
                };
            };
        };
    };
    docs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    docs_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    docs_errors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    healthz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    mcp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description One JSON-RPC message of the protocol's streamable HTTP transport */
        requestBody: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description The JSON-RPC answer; what goes wrong in a tool stands in its result */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            /** @description A notification was taken */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The request cannot be read */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Sign in first */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description You may see this, but not do that */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description An answer is still being written */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The body is of another media type than this address takes */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Some fields are missing or wrong */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    readiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    create_chat_completion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChatCompletionIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChatCompletion"];
                    "text/event-stream": components["schemas"]["ChatCompletionFrame"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description There is no such model, or it is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description The language model cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    create_completion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CompletionIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Completion"];
                    "text/event-stream": components["schemas"]["Completion"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description There is no such model, or it is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description The language model cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    create_embeddings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EmbeddingsIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Embeddings"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description There is no such model */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    list_openai_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiModels"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    get_openai_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `project:{id}`, `project:{id}/{model}`, or the model that embeds */
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiModel"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description There is no such model, or it is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
    create_response: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResponseIn"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Response"];
                    "text/event-stream": components["schemas"]["NumberedResponseEvent"];
                };
            };
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description There is no such model, or it is not yours */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
            /** @description The language model cannot be reached */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenAiError"];
                };
            };
        };
    };
}
