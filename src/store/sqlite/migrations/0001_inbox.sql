-- Instants are milliseconds since 1970 in UTC. Every integer key is explicit, so that a copy made by
-- VACUUM keeps it.

-- Whose bookings are seen and made. An id stands for one person of one business; two that turn out
-- to be the same are joined, and the younger one points to the older.
CREATE TABLE customers (
    id INTEGER PRIMARY KEY,
    business TEXT NOT NULL,
    joined_to INTEGER REFERENCES customers (id),
    phone TEXT,
    name TEXT,
    created_at INTEGER NOT NULL
) STRICT;

-- What a customer is recognised by.
CREATE TABLE identities (
    business TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id),
    PRIMARY KEY (business, kind, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX identities_customer ON identities (customer);

-- A conversation, its place in the schedule and the turn under way.
CREATE TABLE threads (
    id INTEGER PRIMARY KEY,
    business TEXT NOT NULL,
    source TEXT NOT NULL,
    trust TEXT NOT NULL,
    key TEXT NOT NULL,
    customer INTEGER NOT NULL REFERENCES customers (id),
    -- Digest of the contact that wrote last: while it stays, nothing is looked up.
    contact BLOB,
    provider_id TEXT,
    -- What the customer writes by, where the provider joins several ways.
    medium TEXT,
    -- Raised by whatever a turn under way must not talk over.
    version INTEGER NOT NULL DEFAULT 1,
    paused_until INTEGER,
    handoff TEXT,
    last_seq INTEGER NOT NULL DEFAULT 0,
    done_seq INTEGER NOT NULL DEFAULT 0,
    -- The first input of the turn that moved done_seq.
    done_first INTEGER,
    last_message INTEGER,
    last_at INTEGER,
    -- When the next turn may be leased, or the present lease ends. Null: nothing waits.
    ready_at INTEGER,
    -- No turn before this: backoff and deferral.
    not_before INTEGER NOT NULL DEFAULT 0,
    -- When the customer counts as having finished typing.
    quiet_at INTEGER NOT NULL DEFAULT 0,
    -- When the first input came that no turn covers yet.
    waiting_since INTEGER NOT NULL DEFAULT 0,
    -- The turn under way covers done_seq + 1 up to here. Null: none is fixed.
    turn_last INTEGER,
    attempt INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0,
    conflict TEXT,
    -- What a workflow answered by a callback, for this revision. Null: nothing yet.
    answer BLOB,
    -- When the customer was last told that the answer takes a while.
    excused_at INTEGER,
    -- The fencing number, and how long the present lease is. Null: not leased.
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX threads_key ON threads (key, business, source, trust);
CREATE INDEX threads_ready ON threads (ready_at) WHERE ready_at IS NOT NULL;
CREATE INDEX threads_customer ON threads (customer);
CREATE INDEX threads_leased ON threads (id) WHERE lease_ms IS NOT NULL;

-- What a conversation remembers; apart, so that accepting a message never rewrites it.
CREATE TABLE states (
    thread INTEGER PRIMARY KEY REFERENCES threads (id),
    business TEXT NOT NULL,
    workflow TEXT NOT NULL,
    version INTEGER NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- The log of customer messages, in the order of arrival. A thread is walked backwards by `prev`,
-- which spares an index that would dirty a page for each message.
CREATE TABLE messages (
    id INTEGER PRIMARY KEY,
    -- Stands for (business, source, trust, id of the sender). Null: the sender gave no id.
    dedupe BLOB,
    business TEXT NOT NULL,
    thread INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    prev INTEGER,
    customer INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    sent_at INTEGER,
    -- Direct source: digest of phone, thread and content. Gone with the content.
    digest BLOB,
    fingerprint BLOB,
    provider_id TEXT,
    reply_to TEXT,
    -- JSON. Null: erased.
    content TEXT
) STRICT;
CREATE UNIQUE INDEX messages_dedupe ON messages (dedupe) WHERE dedupe IS NOT NULL;
CREATE INDEX messages_fingerprint ON messages (fingerprint, received_at)
    WHERE fingerprint IS NOT NULL;

-- Only what waits: emptied by range when its turn is committed or dead.
CREATE TABLE inputs (
    thread INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    message INTEGER,
    -- JSON: what happened instead of a message.
    event TEXT CHECK ((event IS NULL) = (message IS NOT NULL)),
    PRIMARY KEY (thread, seq)
) STRICT, WITHOUT ROWID;

-- Turns that failed for good; their messages stay, so that they can be replayed.
CREATE TABLE dead_turns (
    id INTEGER PRIMARY KEY,
    business TEXT NOT NULL,
    thread INTEGER NOT NULL,
    first_seq INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    last_message INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX dead_turns_thread ON dead_turns (thread, last_seq);

-- Signed, but not understood or nobody's. Bounded in number, bytes and age.
CREATE TABLE unprocessed (
    id INTEGER PRIMARY KEY,
    dedupe BLOB NOT NULL UNIQUE,
    business TEXT,
    source TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- How it was proven when it came.
    scheme TEXT NOT NULL,
    at INTEGER NOT NULL,
    raw BLOB NOT NULL
) STRICT;

-- What happened at the provider and starts no turn, takeovers among them. Bounded in number and age.
CREATE TABLE notices (
    id INTEGER PRIMARY KEY,
    dedupe BLOB UNIQUE,
    business TEXT NOT NULL,
    source TEXT NOT NULL,
    thread INTEGER,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    raw BLOB NOT NULL
) STRICT;

-- A person at the business wrote in a thread.
CREATE INDEX notices_takeovers ON notices (thread, at) WHERE kind = 'takeover';

-- What became of what was sent. Bounded in number and age.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    dedupe BLOB NOT NULL UNIQUE,
    business TEXT NOT NULL,
    source TEXT NOT NULL,
    message TEXT NOT NULL,
    state TEXT NOT NULL,
    reference TEXT,
    participant TEXT,
    error_code INTEGER,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX reports_message ON reports (business, source, message);

-- Running totals of customer messages, one row a writer: accepted = done + pending + dead.
CREATE TABLE totals (
    writer INTEGER PRIMARY KEY,
    accepted INTEGER NOT NULL,
    done INTEGER NOT NULL,
    dead INTEGER NOT NULL
) STRICT;
INSERT INTO totals VALUES (1, 0, 0, 0);

-- Rewritten by the health probe, to see whether the medium can be written.
CREATE TABLE probes (
    writer INTEGER PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
