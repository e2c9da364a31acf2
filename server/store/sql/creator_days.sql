SELECT {columns: day}
FROM creator_days
WHERE project_id = $1 AND creator_id = $2 AND day >= $3 AND day < $4
ORDER BY day
