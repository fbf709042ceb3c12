-- What stands in `dedupe` of the message that an edit or revocation is about.
ALTER TABLE messages ADD COLUMN about BLOB;
CREATE INDEX messages_about ON messages (about) WHERE about IS NOT NULL;

-- Whether the open question was asked in it. Replies that ask nothing leave an earlier one open.
ALTER TABLE outbox ADD COLUMN asks INTEGER NOT NULL DEFAULT 1 CHECK (asks IN (0, 1));
