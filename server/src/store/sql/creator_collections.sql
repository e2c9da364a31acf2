SELECT collected_at
FROM collections
WHERE project_id = $1 AND creator_id = $2 AND collected_at >= $3 AND collected_at < $4
UNION ALL
SELECT MAX(last_collected_at) AS collected_at
FROM creator_days
WHERE project_id = $1 AND creator_id = $2 AND day < $5
ORDER BY collected_at
