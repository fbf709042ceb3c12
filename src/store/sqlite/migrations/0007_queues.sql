-- The queue that a message waits in for its pace, as `store::Queue` writes it.
ALTER TABLE deliveries ADD COLUMN queue TEXT NOT NULL DEFAULT '';
UPDATE deliveries SET queue = coalesce((
    SELECT CASE
        WHEN o.way = 'webhook' THEN 'webhook:' || o.business
        WHEN o.way = 'whatsapp' THEN 'owner:' || o.business
        ELSE CASE o.kind WHEN 'reply' THEN 'replies' WHEN 'reminder' THEN 'reminders' ELSE 'tags' END
            || ':' || t.source || ':' || substr(t.key, 1, instr(t.key || ':', ':') - 1)
        END
    FROM outbox o JOIN threads t ON t.id = o.thread WHERE o.id = deliveries.outbox
), 'unknown');
CREATE INDEX deliveries_queue ON deliveries (queue, due_at) WHERE due_at IS NOT NULL;
