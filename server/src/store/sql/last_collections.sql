SELECT creator_id, MAX(last_collected_at) AS last_collected_at
FROM creator_days
WHERE project_id = $1 AND day < $2 AND last_collected_at IS NOT NULL
GROUP BY creator_id
