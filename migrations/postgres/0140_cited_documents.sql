-- The documents that the sources of an answer stand in: when one is deleted, its text is taken out of those answers.
CREATE TABLE cited_documents (
    message_id    BIGINT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    -- No reference: what is still to be done outlives the document's row.
    document_id   BIGINT NOT NULL,
    PRIMARY KEY (message_id, document_id)
);
CREATE INDEX cited_documents_document ON cited_documents (document_id, message_id);

-- By its letters, since the casts to JSON refuse some texts that passages may hold. A quotation mark within a text has a
-- backslash before it, so that this is found as a name only.
INSERT INTO cited_documents (message_id, document_id)
SELECT DISTINCT m.id, found.number[1]::BIGINT
FROM messages m CROSS JOIN LATERAL regexp_matches(m.sources, '"document":([0-9]{1,18})', 'g') AS found (number)
WHERE m.sources <> '[]';
