SELECT {columns: project}, deleted_at
FROM projects
WHERE deleted_at >= $1
ORDER BY deleted_at DESC, project_id
