-- How far a document can be searched while it is read for the first time: pages whose passages are found by their words, and
-- pages whose passages are found by their meaning, too.
ALTER TABLE documents ADD COLUMN searchable_pages BIGINT;
ALTER TABLE documents ADD COLUMN embedded_pages BIGINT;
