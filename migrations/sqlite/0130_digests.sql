-- What a model has taken from the parts of a version, for summaries of it. Goes with what the version's text goes with.
CREATE TABLE digests (
    document_id BIGINT NOT NULL,
    generation  BIGINT NOT NULL,
    model       TEXT NOT NULL,
    -- ISO 639-1.
    language    TEXT NOT NULL,
    -- JSON list of {text, passages}: the places of the passages that a statement stands on.
    statements  TEXT NOT NULL,
    -- Passages that were read for it.
    passages    BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    PRIMARY KEY (document_id, generation, model, language),
    FOREIGN KEY (document_id, generation) REFERENCES generations (document_id, generation) ON DELETE CASCADE
);
