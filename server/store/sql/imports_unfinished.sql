SELECT import_id, file_name, state, choices, bytes_total, bytes_done, rows_read, accepted, duplicates, parked, rejected, without_instant, failure, created_at, finished_at, folder_id, removed_creators
FROM imports
WHERE project_id = $1 AND import_id > $2 AND state IN ('waiting', 'queued', 'running')
ORDER BY import_id
LIMIT 200
