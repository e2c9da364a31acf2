SELECT position, line, field, code, reason
FROM import_rejections
WHERE project_id = $1 AND import_id = $2
ORDER BY position
LIMIT 1000
