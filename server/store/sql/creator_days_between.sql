SELECT {columns: day}
FROM creator_days
WHERE project_id = $1 AND day >= $2 AND day < $3
ORDER BY creator_id, day
