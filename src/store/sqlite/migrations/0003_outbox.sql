-- What was said and what is still to be said, in order.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    business TEXT NOT NULL,
    thread INTEGER NOT NULL,
    -- The turn that it answers. Null: it is said unasked.
    first_seq INTEGER,
    last_seq INTEGER,
    -- Whether a person of the business says it.
    by_person INTEGER NOT NULL DEFAULT 0 CHECK (by_person IN (0, 1)),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reply', 'reminder', 'notice')),
    -- A reminder: the booking, as it was when this was written.
    booking BLOB,
    booking_version INTEGER,
    -- A notice: the way to the owner; its body is the alert.
    way TEXT CHECK ((kind = 'notice') = (way IS NOT NULL)),
    state TEXT NOT NULL CHECK (state IN ('pickup', 'pending', 'sending', 'sent', 'ambiguous', 'expired', 'dead')),
    -- Why it is expired or dead.
    reason TEXT,
    -- When nothing was to be done about it any more.
    settled_at INTEGER,
    -- What is said. Null: the words are found when it is sent.
    body TEXT CHECK (kind <> 'reply' OR body IS NOT NULL)
) STRICT;
CREATE INDEX outbox_thread ON outbox (thread, id);
CREATE INDEX outbox_reminders ON outbox (thread, id) WHERE kind = 'reminder';

-- Only what is not settled yet; what a client fetches by itself is never here.
CREATE TABLE deliveries (
    outbox INTEGER PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
    -- Messages of a lane are sent one after the other.
    lane INTEGER NOT NULL,
    -- The provider's id of the customer's message that it answers first.
    answers TEXT,
    -- When it may be leased, or the present lease ends. Null: another one of its lane is before it.
    due_at INTEGER,
    expires_at INTEGER NOT NULL,
    -- The part that is next, and how often that was tried.
    part INTEGER NOT NULL DEFAULT 0,
    attempt INTEGER NOT NULL DEFAULT 0,
    -- The fencing number, and how long the present lease is. Null: not leased.
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_ms INTEGER
) STRICT;
CREATE INDEX deliveries_lane ON deliveries (lane, outbox);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE due_at IS NOT NULL;

-- What a provider took, and how far that came.
CREATE TABLE sent_parts (
    outbox INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    business TEXT NOT NULL,
    -- The provider's id.
    message TEXT NOT NULL,
    -- The rank of its delivery state: it only grows.
    progress INTEGER NOT NULL,
    error_code INTEGER,
    PRIMARY KEY (outbox, part)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_parts_message ON sent_parts (message, business);

-- Who wants to hear nothing unasked, as digests under a key of this store: known again also when
-- everything else of theirs is forgotten.
CREATE TABLE opt_outs (
    business TEXT NOT NULL,
    digest BLOB NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (business, digest)
) STRICT, WITHOUT ROWID;
CREATE TABLE keys (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO keys VALUES ('opt_outs', randomblob(32));
