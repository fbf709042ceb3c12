-- What was answered to requests that carry a key, so that one that comes again is not done again.
CREATE TABLE answers (
    business TEXT NOT NULL,
    key TEXT NOT NULL,
    digest BLOB NOT NULL,
    booking BLOB NOT NULL,
    at INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (business, key)
) STRICT;
CREATE INDEX answers_at ON answers (at);
CREATE INDEX answers_booking ON answers (booking);

-- Serves the list of bookings.
CREATE INDEX bookings_listed ON bookings (business, visible_start, id);
-- Serves what is asked for by a number.
CREATE INDEX customers_phone ON customers (phone, business) WHERE phone IS NOT NULL;

-- Time that a business keeps for itself.
CREATE TABLE blocks (
    id BLOB PRIMARY KEY,
    business TEXT NOT NULL,
    -- Who or what cannot be booked. Null: nobody and nothing.
    resource TEXT,
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL CHECK (ends_at > starts_at),
    reason TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX blocks_business ON blocks (business, ends_at, starts_at);
CREATE INDEX blocks_over ON blocks (ends_at);

CREATE TRIGGER bookings_insert_blocked BEFORE INSERT ON bookings
WHEN NEW.status <> 'cancelled' AND NEW.external_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'slot taken') WHERE EXISTS (
        SELECT 1 FROM blocks
        WHERE business = NEW.business AND ends_at > NEW.blocked_start
            AND starts_at < NEW.blocked_end AND (resource IS NULL OR resource = NEW.resource)
    );
END;

CREATE TRIGGER bookings_update_blocked
BEFORE UPDATE OF business, resource, status, blocked_start, blocked_end ON bookings
WHEN NEW.status <> 'cancelled' AND NEW.external_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'slot taken') WHERE EXISTS (
        SELECT 1 FROM blocks
        WHERE business = NEW.business AND ends_at > NEW.blocked_start
            AND starts_at < NEW.blocked_end AND (resource IS NULL OR resource = NEW.resource)
    );
END;

-- What opens a calendar to programs that subscribe to it, as digests of the tokens.
CREATE TABLE feed_tokens (
    digest BLOB PRIMARY KEY,
    business TEXT NOT NULL,
    -- Whose bookings are shown. Null: everybody's.
    resource TEXT,
    -- Whether customers are named.
    names INTEGER NOT NULL CHECK (names IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
