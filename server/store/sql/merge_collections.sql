INSERT INTO collections (project_id, creator_id, collected_at, scope, merge_id)
SELECT $1, $3, collected_at, scope, $4
FROM collections
WHERE project_id = $1 AND creator_id = $2
ON CONFLICT (project_id, creator_id, collected_at) DO NOTHING
