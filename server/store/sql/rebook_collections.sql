SELECT creator_id, collected_at, scope
FROM collections
WHERE project_id = $1
ORDER BY creator_id, collected_at
