-- Starts that ended in a kill from outside, without any progress since: they use up no attempt.
ALTER TABLE runs ADD COLUMN kills BIGINT NOT NULL DEFAULT 0;
-- Pages and chunks that there were at the last start.
ALTER TABLE runs ADD COLUMN reached BIGINT NOT NULL DEFAULT 0;
