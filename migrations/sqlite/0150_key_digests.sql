-- What was asked for under a key, as a digest: the key is good for that alone. NULL where only the key counts.
ALTER TABLE idempotency_keys ADD COLUMN digest TEXT;
