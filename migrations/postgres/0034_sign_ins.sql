-- Sign-ins that have run out are looked for every second.
CREATE INDEX sessions_open ON sessions (expires_at) WHERE ended_at IS NULL;
