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
