-- What was found or opened in documents while they are read for the first time: it is embedded before the rest.
CREATE TABLE wanted_pages (
    document_id   BIGINT NOT NULL,
    generation    BIGINT NOT NULL,
    -- 'page' with its number, or 'passage' with its position.
    kind          TEXT NOT NULL,
    number        BIGINT NOT NULL,
    wanted_at     BIGINT NOT NULL,
    PRIMARY KEY (document_id, generation, kind, number),
    FOREIGN KEY (document_id, generation) REFERENCES generations (document_id, generation) ON DELETE CASCADE
);
