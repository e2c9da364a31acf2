-- $15 is the state that it must be in.
UPDATE imports
SET state = $3, choices = $4, bytes_total = $5, bytes_done = $6, rows_read = $7, accepted = $8, duplicates = $9, parked = $10,
    rejected = $11, without_instant = $12, failure = $13, finished_at = $14, removed_creators = $16, details = $17
WHERE project_id = $1 AND import_id = $2 AND state = $15
