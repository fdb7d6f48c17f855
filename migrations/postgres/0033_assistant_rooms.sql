-- Who answers in a chat's assistant room, for when the room opens again.
CREATE TABLE assistant_rooms (
    chat_id       BIGINT PRIMARY KEY REFERENCES chats (id) ON DELETE CASCADE,
    provider      TEXT NOT NULL,
    model         TEXT,
    updated_at    BIGINT NOT NULL
);
