-- Embeddings of texts, so that none is computed twice. A file of its own: it can be lost without losing anything
-- but the time to compute them again. Rows lie in the order of their arrival; the index is small and random.
CREATE TABLE vectors (
    project_id INTEGER NOT NULL,
    model      TEXT NOT NULL,
    -- SHA-256 of the text.
    hash       BLOB NOT NULL,
    -- 32-bit floats, little-endian.
    vector     BLOB NOT NULL
);
CREATE UNIQUE INDEX vectors_text ON vectors (project_id, model, hash);
