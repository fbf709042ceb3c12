-- Appointments, and the holds that may become one.
CREATE TABLE bookings (
    id BLOB PRIMARY KEY,
    business TEXT NOT NULL,
    -- Those of the visit, in order, as `cut+color`.
    services TEXT NOT NULL CHECK (services <> ''),
    resource TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id),
    name TEXT,
    for_name TEXT,
    status TEXT NOT NULL CHECK (status IN ('held', 'requested', 'booked', 'cancelled')),
    expires_at INTEGER CHECK (status <> 'held' OR expires_at IS NOT NULL),
    version INTEGER NOT NULL,
    visible_start INTEGER NOT NULL,
    visible_end INTEGER NOT NULL,
    blocked_start INTEGER NOT NULL,
    blocked_end INTEGER NOT NULL CHECK (blocked_end > blocked_start),
    external_id TEXT,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bookings_over ON bookings (visible_end);
CREATE INDEX bookings_customer ON bookings (customer, visible_end);
-- Serves the overlap check: blocked spans of a resource do not overlap, so that the first one to
-- end after an instant is also the first one to start.
CREATE INDEX bookings_blocked ON bookings (business, resource, blocked_end, blocked_start)
    WHERE status <> 'cancelled';
-- Serves the calendar of a whole business, from the index alone.
CREATE INDEX bookings_business ON bookings
    (business, blocked_end, blocked_start, resource, status, expires_at, customer)
    WHERE status <> 'cancelled';

CREATE TRIGGER bookings_insert_overlap BEFORE INSERT ON bookings
WHEN NEW.status <> 'cancelled'
BEGIN
    SELECT RAISE(ABORT, 'slot taken')
    WHERE (
        SELECT blocked_start FROM bookings
        WHERE business = NEW.business AND resource = NEW.resource AND status <> 'cancelled'
            AND blocked_end > NEW.blocked_start AND id <> NEW.id
        ORDER BY blocked_end LIMIT 1
    ) < NEW.blocked_end;
END;

CREATE TRIGGER bookings_update_overlap
BEFORE UPDATE OF business, resource, status, blocked_start, blocked_end ON bookings
WHEN NEW.status <> 'cancelled'
BEGIN
    SELECT RAISE(ABORT, 'slot taken')
    WHERE (
        SELECT blocked_start FROM bookings
        WHERE business = NEW.business AND resource = NEW.resource AND status <> 'cancelled'
            AND blocked_end > NEW.blocked_start AND id <> NEW.id
        ORDER BY blocked_end LIMIT 1
    ) < NEW.blocked_end;
END;
