-- Tables that stand on pages, as cells. One that goes on overleaf belongs to the page that it begins on.
CREATE TABLE page_tables (
    document_id   BIGINT NOT NULL,
    generation    BIGINT NOT NULL,
    number        BIGINT NOT NULL,
    -- Which table of its page, counted from 0.
    place         BIGINT NOT NULL,
    last_page     BIGINT NOT NULL,
    caption       TEXT,
    header_rows   BIGINT NOT NULL,
    width         BIGINT NOT NULL,
    -- JSON: rows of [text, column, column span, row span, null or [page, start, end]] with bytes into that page's text.
    cells         TEXT NOT NULL,
    PRIMARY KEY (document_id, generation, number, place),
    FOREIGN KEY (document_id, generation, number) REFERENCES pages (document_id, generation, number) ON DELETE CASCADE
);
