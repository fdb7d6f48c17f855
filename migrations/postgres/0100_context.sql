-- What the document calls itself, as told by its text; NULL where it does not say.
ALTER TABLE generations ADD COLUMN title TEXT;
-- The names of the columns of the rows that a chunk begins with, where their header stands in an earlier chunk.
ALTER TABLE chunks ADD COLUMN header TEXT;
