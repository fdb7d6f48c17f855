-- What a recogniser saw on pages that are pictures: how sure it was, and where each word stands.
CREATE TABLE page_sights (
    document_id   BIGINT NOT NULL,
    generation    BIGINT NOT NULL,
    number        BIGINT NOT NULL,
    recogniser    TEXT NOT NULL,
    -- Mean over the characters, in thousandths.
    confidence    BIGINT NOT NULL,
    -- Degrees, clockwise, that the page was turned by to stand upright.
    turned        BIGINT NOT NULL,
    -- JSON list of [start, length, left, top, right, bottom]: code points of the page's text, ten-thousandths of the page.
    words         TEXT NOT NULL,
    PRIMARY KEY (document_id, generation, number),
    FOREIGN KEY (document_id, generation, number) REFERENCES pages (document_id, generation, number) ON DELETE CASCADE
);
