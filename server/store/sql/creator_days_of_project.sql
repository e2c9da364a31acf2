SELECT {columns: day}
FROM creator_days
WHERE project_id = $1
