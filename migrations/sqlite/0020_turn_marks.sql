-- What happened in an answer between its frames: tools that were used, sources that they found.
CREATE TABLE turn_marks (
    message_id    BIGINT NOT NULL REFERENCES turns (message_id) ON DELETE CASCADE,
    -- 0-based, in the order in which it happened.
    position      BIGINT NOT NULL,
    -- How many frames came before it.
    frame         BIGINT NOT NULL,
    -- JSON.
    mark          TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    PRIMARY KEY (message_id, position)
);
