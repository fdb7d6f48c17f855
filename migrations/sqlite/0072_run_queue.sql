-- Which queue a run waits in: small files have slots of their own.
ALTER TABLE runs ADD COLUMN queue TEXT NOT NULL DEFAULT '';
UPDATE runs SET queue = CASE WHEN kind IN ('ingest_document', 'import_project') THEN 'ingest' ELSE 'maintenance' END;
