SELECT collected_at, scope
FROM collections
WHERE project_id = $1 AND creator_id = $2 AND collected_at >= $3 AND collected_at < $4
ORDER BY collected_at
