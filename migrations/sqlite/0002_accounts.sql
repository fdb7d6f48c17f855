-- Sign-ins, keys, visitors; who acts for whom; what was done; how often.

ALTER TABLE users ADD COLUMN deleted_at BIGINT;
-- Names that differ in case only would let one person pass for another.
CREATE UNIQUE INDEX users_username_folded ON users (LOWER(username));

-- One sign-in. Its refresh tokens follow each other; its access tokens name it.
CREATE TABLE sessions (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    used_at       BIGINT NOT NULL,
    expires_at    BIGINT NOT NULL,
    ended_at      BIGINT
);
CREATE INDEX sessions_user ON sessions (user_id);

CREATE TABLE refresh_tokens (
    -- SHA-256 of the token, in hex; the token itself is nowhere.
    hash          TEXT NOT NULL PRIMARY KEY,
    session_id    BIGINT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    -- Set by its first use; a second one, later than a moment, ends the session.
    used_at       BIGINT
);
CREATE INDEX refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE api_keys (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    user_id       BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name          TEXT NOT NULL,
    -- SHA-256 of the key, in hex.
    hash          TEXT NOT NULL UNIQUE,
    -- The first characters, so that people tell their keys apart.
    prefix        TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    used_at       BIGINT
);
CREATE INDEX api_keys_user ON api_keys (user_id);

-- People without an account, each with a user of role `visitor` behind them.
CREATE TABLE visitors (
    hash          TEXT NOT NULL PRIMARY KEY,
    user_id       BIGINT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    seen_at       BIGINT NOT NULL
);
CREATE INDEX visitors_seen ON visitors (seen_at);

-- People and organisations that documents are about, and for whom users act.
CREATE TABLE entities (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    kind          TEXT NOT NULL,
    name          TEXT NOT NULL,
    created_at    BIGINT NOT NULL
);

CREATE TABLE user_entities (
    user_id       BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    entity_id     BIGINT NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    -- `self`, or any other word.
    relation      TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (user_id, entity_id)
);
CREATE INDEX user_entities_entity ON user_entities (entity_id);

CREATE TABLE project_entities (
    project_id    BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    entity_id     BIGINT NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (project_id, entity_id)
);
CREATE INDEX project_entities_entity ON project_entities (entity_id);

-- Who acts for `entity_id` may enter the projects of `related_id`: a hospital those of its patients.
CREATE TABLE entity_relations (
    entity_id     BIGINT NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    related_id    BIGINT NOT NULL REFERENCES entities (id) ON DELETE CASCADE,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (entity_id, related_id)
);
CREATE INDEX entity_relations_related ON entity_relations (related_id);

CREATE TABLE audit_log (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    at            BIGINT NOT NULL,
    -- NULL: somebody who did not get in.
    actor_id      BIGINT,
    actor         TEXT NOT NULL,
    action        TEXT NOT NULL,
    target_kind   TEXT,
    target_id     BIGINT,
    address       TEXT,
    -- JSON.
    detail        TEXT NOT NULL
);
CREATE INDEX audit_log_at ON audit_log (at);

-- How much of a limit was used since `since`.
CREATE TABLE allowances (
    name          TEXT NOT NULL PRIMARY KEY,
    used          BIGINT NOT NULL,
    since         BIGINT NOT NULL
);
CREATE INDEX allowances_since ON allowances (since);
