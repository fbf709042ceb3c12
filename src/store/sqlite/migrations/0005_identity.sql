-- The number by which a customer is recognised in any spelling; `phone` stays as it was given.
ALTER TABLE customers ADD COLUMN phone_key TEXT;
DROP INDEX customers_phone;
CREATE INDEX customers_phone ON customers (phone_key, business) WHERE phone_key IS NOT NULL;

-- The number as this thread's source spells it: where its replies go.
ALTER TABLE threads ADD COLUMN phone TEXT;
-- Two threads that turn out to be one person's are joined, and the one that is left points to the
-- other.
ALTER TABLE threads ADD COLUMN joined_to INTEGER REFERENCES threads (id);

-- What a thread is found by: the key of its source, and all that its person is known by there.
CREATE TABLE thread_names (
    name TEXT NOT NULL,
    business TEXT NOT NULL,
    source TEXT NOT NULL,
    trust TEXT NOT NULL,
    kind TEXT NOT NULL,
    thread INTEGER NOT NULL REFERENCES threads (id),
    PRIMARY KEY (name, business, source, trust)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_names_thread ON thread_names (thread);
