-- When the store was last written, about, by the machine's clock; and since when that clock is not
-- trusted, since it leapt. Null: it is.
CREATE TABLE clock (
    writer INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    moved_at INTEGER
) STRICT;
INSERT INTO clock (writer, at)
SELECT 1, max(at) FROM (
    SELECT at FROM probes
    UNION ALL
    SELECT received_at FROM messages WHERE id = (SELECT max(id) FROM messages)
) HAVING max(at) IS NOT NULL;
