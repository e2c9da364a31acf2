SELECT {columns: import}
FROM imports
WHERE project_id = $1 AND import_id > $2 AND state IN ('waiting', 'queued', 'running')
ORDER BY import_id
LIMIT 200
