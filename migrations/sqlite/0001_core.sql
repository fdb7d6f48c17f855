-- Who may sign in. The local owner of an installation without authentication is user 1.
CREATE TABLE users (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    username      TEXT NOT NULL UNIQUE,
    email         TEXT,
    password_hash TEXT,
    role          TEXT NOT NULL,
    disabled      BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE projects (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    name          TEXT NOT NULL,
    description   TEXT NOT NULL,
    settings      TEXT NOT NULL,
    owner_id      BIGINT NOT NULL REFERENCES users (id),
    -- The user whose default project this is.
    personal_of   BIGINT UNIQUE REFERENCES users (id),
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    deleted_at    BIGINT,
    -- When set, a deleted project cannot be restored any more.
    purged_at     BIGINT
);
CREATE INDEX projects_owner ON projects (owner_id);

CREATE TABLE members (
    project_id    BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id       BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role          TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (project_id, user_id)
);
CREATE INDEX members_user ON members (user_id);

-- A document in all its versions. What searches show is its live generation; `generation` is the newest one.
CREATE TABLE documents (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id      BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    -- Names the document within its project: the same path again is a new version.
    path            TEXT NOT NULL,
    filename        TEXT NOT NULL,
    metadata        TEXT NOT NULL,
    status          TEXT NOT NULL,
    stage           TEXT NOT NULL,
    percent         BIGINT NOT NULL,
    status_seq      BIGINT NOT NULL,
    pages_done      BIGINT,
    pages_total     BIGINT,
    chunks_done     BIGINT,
    chunks_total    BIGINT,
    generation      BIGINT NOT NULL,
    live_generation BIGINT,
    error_code      TEXT,
    error_message   TEXT,
    created_by      BIGINT NOT NULL REFERENCES users (id),
    created_at      BIGINT NOT NULL,
    updated_at      BIGINT NOT NULL,
    deleted_at      BIGINT
);
CREATE INDEX documents_project_path ON documents (project_id, path);
CREATE INDEX documents_project_status ON documents (project_id, status);

-- One reading of one version of a document. Every upload, new version and reprocessing makes one.
CREATE TABLE generations (
    document_id   BIGINT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    generation    BIGINT NOT NULL,
    project_id    BIGINT NOT NULL,
    state         TEXT NOT NULL,
    blob          TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    size          BIGINT NOT NULL,
    format        TEXT NOT NULL,
    filename      TEXT NOT NULL,
    page_count    BIGINT,
    word_count    BIGINT NOT NULL,
    chunk_count   BIGINT NOT NULL,
    -- JSON list of sentences.
    warnings      TEXT NOT NULL,
    -- True once every page is in `pages`: a retry need not read the file again.
    extracted     BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    processed_at  BIGINT,
    PRIMARY KEY (document_id, generation)
);
CREATE INDEX generations_project_sha256 ON generations (project_id, sha256);
CREATE INDEX generations_hidden ON generations (project_id, state);
CREATE INDEX generations_blob ON generations (blob);

-- The extracted text, page by page, as it came out of the extractor.
CREATE TABLE pages (
    document_id   BIGINT NOT NULL,
    generation    BIGINT NOT NULL,
    -- 1-based unit: page, slide, sheet, chapter; 1 for formats without units.
    number        BIGINT NOT NULL,
    -- Whether `number` may be cited as a page.
    numbered      BOOLEAN NOT NULL,
    -- Offset of the page in the document's text, in code points.
    start_offset  BIGINT NOT NULL,
    text          TEXT NOT NULL,
    verdict       TEXT NOT NULL,
    markdown      BOOLEAN NOT NULL,
    -- JSON list of {start, level, title}.
    headings      TEXT NOT NULL,
    warning       TEXT,
    PRIMARY KEY (document_id, generation, number),
    FOREIGN KEY (document_id, generation) REFERENCES generations (document_id, generation) ON DELETE CASCADE
);

CREATE TABLE chunks (
    document_id   BIGINT NOT NULL,
    generation    BIGINT NOT NULL,
    position      BIGINT NOT NULL,
    page          BIGINT,
    heading       TEXT,
    start_offset  BIGINT NOT NULL,
    end_offset    BIGINT NOT NULL,
    text          TEXT NOT NULL,
    text_hash     TEXT NOT NULL,
    tokens        BIGINT NOT NULL,
    PRIMARY KEY (document_id, generation, position),
    FOREIGN KEY (document_id, generation) REFERENCES generations (document_id, generation) ON DELETE CASCADE
);

-- Our own account of queued work: attempts are counted here, before work starts.
CREATE TABLE runs (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    project_id    BIGINT NOT NULL,
    document_id   BIGINT,
    generation    BIGINT,
    state         TEXT NOT NULL,
    -- How often it was put into the queue; names the queue's entry, so that each is taken once.
    enqueued      BIGINT NOT NULL,
    -- Starts that did not come to an end: each was a process that died, but for the one under way.
    starts        BIGINT NOT NULL,
    failures      BIGINT NOT NULL,
    -- Times a dependency was away; counted apart.
    outages       BIGINT NOT NULL,
    worker        TEXT,
    -- Grows with every start; a writer with an older number is refused.
    fence         BIGINT NOT NULL,
    lease_until   BIGINT,
    run_after     BIGINT NOT NULL,
    cancel        BOOLEAN NOT NULL,
    error_code    TEXT,
    error_message TEXT,
    created_at    BIGINT NOT NULL,
    started_at    BIGINT,
    finished_at   BIGINT
);
CREATE INDEX runs_project_state ON runs (project_id, state);
CREATE INDEX runs_document ON runs (document_id, generation);
CREATE INDEX runs_state ON runs (state, run_after);

CREATE TABLE chats (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    project_id    BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    title         TEXT NOT NULL,
    -- Whether a person chose the title.
    titled        BOOLEAN NOT NULL,
    visibility    TEXT NOT NULL,
    author_id     BIGINT NOT NULL REFERENCES users (id),
    -- A name that a client chose, unique for its author.
    name          TEXT,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    deleted_at    BIGINT
);
CREATE INDEX chats_project ON chats (project_id, updated_at);
CREATE UNIQUE INDEX chats_author_name ON chats (author_id, name);

CREATE TABLE messages (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id       BIGINT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    role          TEXT NOT NULL,
    content       TEXT NOT NULL,
    status        TEXT NOT NULL,
    author_id     BIGINT,
    model         TEXT,
    -- JSON, as found when the answer was written.
    sources       TEXT NOT NULL,
    metadata      TEXT NOT NULL,
    -- The question that an answer answers.
    question_id   BIGINT,
    -- True for the answer that took another's place, and false for the one replaced.
    current       BOOLEAN NOT NULL,
    -- True for a summary of the talk up to here.
    summary       BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    finished_at   BIGINT
);
CREATE INDEX messages_chat ON messages (chat_id, id);

-- One answer being written, or written: named by the answer's message.
CREATE TABLE turns (
    message_id    BIGINT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    chat_id       BIGINT NOT NULL REFERENCES chats (id) ON DELETE CASCADE,
    task_id       TEXT NOT NULL,
    state         TEXT NOT NULL,
    node          TEXT NOT NULL,
    lease_until   BIGINT NOT NULL,
    cancel        BOOLEAN NOT NULL,
    error_code    TEXT,
    error_message TEXT,
    -- JSON: how the sources were found.
    trace         TEXT,
    -- JSON: the request's options, for a repeat.
    options       TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    finished_at   BIGINT
);
CREATE INDEX turns_chat ON turns (chat_id, message_id);
-- One answer at a time in a chat.
CREATE UNIQUE INDEX turns_streaming ON turns (chat_id) WHERE state = 'streaming';
CREATE INDEX turns_state ON turns (state, lease_until);

-- The frames of an answer, many to a row.
CREATE TABLE turn_segments (
    message_id    BIGINT NOT NULL REFERENCES turns (message_id) ON DELETE CASCADE,
    first_seq     BIGINT NOT NULL,
    -- JSON list: where each frame ends in `text`, in bytes.
    frame_ends    TEXT NOT NULL,
    text          TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (message_id, first_seq)
);

-- What was already done under a key that a caller chose.
CREATE TABLE idempotency_keys (
    user_id       BIGINT NOT NULL,
    purpose       TEXT NOT NULL,
    key           TEXT NOT NULL,
    result_id     BIGINT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (user_id, purpose, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- Facts about the installation: the schema's and the index's own.
CREATE TABLE facts (
    name          TEXT NOT NULL PRIMARY KEY,
    value         TEXT NOT NULL
);
