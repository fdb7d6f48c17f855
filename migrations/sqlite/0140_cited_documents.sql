-- The documents that the sources of an answer stand in: when one is deleted, its text is taken out of those answers.
CREATE TABLE cited_documents (
    message_id    BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    -- No reference: what is still to be done outlives the document's row.
    document_id   BIGINT NOT NULL,
    PRIMARY KEY (message_id, document_id)
);
CREATE INDEX cited_documents_document ON cited_documents (document_id, message_id);

INSERT INTO cited_documents (message_id, document_id)
SELECT DISTINCT m.id, json_extract(s.value, '$.document')
FROM messages m, json_each(CASE WHEN json_valid(m.sources) THEN m.sources ELSE '[]' END) s
WHERE json_extract(s.value, '$.document') IS NOT NULL;
