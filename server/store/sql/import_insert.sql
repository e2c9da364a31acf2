INSERT INTO imports
    (project_id, import_id, file_name, state, choices, bytes_total, bytes_done, rows_read, accepted, duplicates, parked, rejected, without_instant, failure, created_at, finished_at, folder_id, removed_creators, details)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
ON CONFLICT DO NOTHING
