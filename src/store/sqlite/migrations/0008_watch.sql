-- What the health probe writes while writes fail: as much as a real delivery.
ALTER TABLE probes ADD COLUMN ballast BLOB;

-- Serves the count of threads that wait for a person.
CREATE INDEX threads_paused ON threads (paused_until) WHERE paused_until IS NOT NULL;
