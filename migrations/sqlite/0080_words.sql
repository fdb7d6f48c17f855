-- ISO 639-1, as told by the text of the page; NULL where it could not be told.
ALTER TABLE chunks ADD COLUMN language TEXT;
-- What the points in the index were made with: model, analyser, context. NULL: before this was recorded.
ALTER TABLE generations ADD COLUMN recipe TEXT;

-- In how many chunks of a project each term stands. A row with no chunks left may stay.
CREATE TABLE word_counts (
    project_id    BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    term          BIGINT NOT NULL,
    chunks        BIGINT NOT NULL,
    PRIMARY KEY (project_id, term)
);

-- How many chunks a project has in each language ('' where none was told), and how many words.
CREATE TABLE word_totals (
    project_id    BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    language      TEXT NOT NULL,
    chunks        BIGINT NOT NULL,
    words         BIGINT NOT NULL,
    PRIMARY KEY (project_id, language)
);

-- What a generation has added to both, so that it can be taken off again. A row that is here is counted.
CREATE TABLE word_bags (
    document_id   BIGINT NOT NULL,
    generation    BIGINT NOT NULL,
    part          BIGINT NOT NULL,
    project_id    BIGINT NOT NULL,
    -- JSON list of [term, chunks].
    terms         TEXT NOT NULL,
    -- JSON list of [language, chunks, words].
    totals        TEXT NOT NULL,
    PRIMARY KEY (document_id, generation, part),
    FOREIGN KEY (document_id, generation) REFERENCES generations (document_id, generation) ON DELETE CASCADE
);
