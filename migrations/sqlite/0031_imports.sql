-- Archives that are being made into projects, or could not be. The row goes when everything is there.
CREATE TABLE imports (
    project_id      BIGINT NOT NULL PRIMARY KEY REFERENCES projects (id) ON DELETE CASCADE,
    user_id         BIGINT NOT NULL REFERENCES users (id),
    -- The stored archive.
    blob            TEXT NOT NULL,
    size            BIGINT NOT NULL,
    documents       BIGINT NOT NULL,
    chats           BIGINT NOT NULL,
    documents_done  BIGINT NOT NULL,
    chats_done      BIGINT NOT NULL,
    error_code      TEXT,
    error_message   TEXT,
    created_at      BIGINT NOT NULL
);
CREATE INDEX imports_blob ON imports (blob);

-- What a number of an archive has become: each document, the chat under way and its messages so far.
CREATE TABLE import_items (
    project_id    BIGINT NOT NULL REFERENCES imports (project_id) ON DELETE CASCADE,
    kind          TEXT NOT NULL,
    number        BIGINT NOT NULL,
    id            BIGINT NOT NULL,
    PRIMARY KEY (project_id, kind, number)
);
