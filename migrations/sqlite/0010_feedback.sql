-- What people think of answers. The last word of each counts.
CREATE TABLE feedback (
    message_id    BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    user_id       BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    rating        TEXT NOT NULL,
    comment       TEXT NOT NULL,
    updated_at    BIGINT NOT NULL,
    PRIMARY KEY (message_id, user_id)
);
