-- Chats that are deleted and still have to be removed: none, most of the time.
CREATE INDEX chats_deleted ON chats (deleted_at) WHERE deleted_at IS NOT NULL;
