-- Whether a key may make keys and accounts, and change passwords.
ALTER TABLE api_keys ADD COLUMN manage_account BOOLEAN NOT NULL DEFAULT FALSE;
