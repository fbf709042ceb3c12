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
    -- The calendar that somebody else keeps it in. Null: our own.
    calendar TEXT,
    -- That keeper's id of it. Null: none was told yet, and only our holds and requests judge.
    external_id TEXT CHECK (external_id IS NULL OR calendar IS NOT NULL),
    -- When it became as it is there, by the keeper's clock.
    external_at INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX bookings_over ON bookings (visible_end);
CREATE INDEX bookings_customer ON bookings (customer, visible_end);
-- Serves the overlap check: blocked spans of a resource do not overlap, so that the first one to
-- end after an instant is also the first one to start.
CREATE INDEX bookings_blocked ON bookings (business, resource, blocked_end, blocked_start)
    WHERE status <> 'cancelled' AND external_id IS NULL;
-- What another keeper took in may overlap as that keeper allows.
CREATE INDEX bookings_elsewhere ON bookings (business, resource, blocked_end, blocked_start)
    WHERE status <> 'cancelled' AND external_id IS NOT NULL;
CREATE UNIQUE INDEX bookings_external ON bookings (calendar, external_id)
    WHERE external_id IS NOT NULL;
-- Serves the calendar of a whole business, from the index alone.
CREATE INDEX bookings_business ON bookings
    (business, blocked_end, blocked_start, resource, status, expires_at, customer, calendar,
        external_id)
    WHERE status <> 'cancelled';

CREATE TRIGGER bookings_insert_overlap BEFORE INSERT ON bookings
WHEN NEW.status <> 'cancelled' AND NEW.external_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'slot taken')
    WHERE (
        SELECT blocked_start FROM bookings
        WHERE business = NEW.business AND resource = NEW.resource AND status <> 'cancelled'
            AND external_id IS NULL AND blocked_end > NEW.blocked_start AND id <> NEW.id
        ORDER BY blocked_end LIMIT 1
    ) < NEW.blocked_end
    -- In our own calendar, what another keeper took in before counts too; elsewhere that keeper
    -- judges.
    OR NEW.calendar IS NULL AND EXISTS (
        SELECT 1 FROM bookings
        WHERE business = NEW.business AND resource = NEW.resource AND status <> 'cancelled'
            AND external_id IS NOT NULL AND blocked_end > NEW.blocked_start
            AND blocked_start < NEW.blocked_end AND id <> NEW.id
    );
END;

CREATE TRIGGER bookings_update_overlap
BEFORE UPDATE OF business, resource, status, blocked_start, blocked_end, external_id ON bookings
WHEN NEW.status <> 'cancelled' AND NEW.external_id IS NULL
BEGIN
    SELECT RAISE(ABORT, 'slot taken')
    WHERE (
        SELECT blocked_start FROM bookings
        WHERE business = NEW.business AND resource = NEW.resource AND status <> 'cancelled'
            AND external_id IS NULL AND blocked_end > NEW.blocked_start AND id <> NEW.id
        ORDER BY blocked_end LIMIT 1
    ) < NEW.blocked_end
    -- In our own calendar, what another keeper took in before counts too; elsewhere that keeper
    -- judges.
    OR NEW.calendar IS NULL AND EXISTS (
        SELECT 1 FROM bookings
        WHERE business = NEW.business AND resource = NEW.resource AND status <> 'cancelled'
            AND external_id IS NOT NULL AND blocked_end > NEW.blocked_start
            AND blocked_start < NEW.blocked_end AND id <> NEW.id
    );
END;

-- What the keeper of a calendar is asked for and has not answered.
CREATE TABLE calendar_requests (
    -- Never used again, so that a late answer finds no other request.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    booking BLOB NOT NULL UNIQUE REFERENCES bookings (id) ON DELETE CASCADE,
    -- The conversation that is told of the answer. Null: none.
    thread INTEGER,
    -- JSON
    change TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    -- When it may be leased, or the present lease ends.
    due_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    -- An attempt may have made the change.
    doubtful INTEGER NOT NULL DEFAULT 0 CHECK (doubtful IN (0, 1)),
    -- The conversation was told that it takes a while.
    delay_told INTEGER NOT NULL DEFAULT 0 CHECK (delay_told IN (0, 1)),
    -- The fencing number, and how long the present lease is. Null: not leased.
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_ms INTEGER
) STRICT;
CREATE INDEX calendar_requests_due ON calendar_requests (due_at);
