-- A dead message that somebody has looked at.
ALTER TABLE outbox ADD COLUMN discarded INTEGER NOT NULL DEFAULT 0 CHECK (discarded IN (0, 1));
-- Serves the list of failures.
CREATE INDEX outbox_dead ON outbox (business, settled_at, id)
    WHERE state = 'dead' AND discarded = 0;
