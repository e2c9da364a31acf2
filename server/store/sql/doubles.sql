SELECT {columns: creator AS c}
FROM creators AS c
WHERE c.project_id = $1 AND c.same_as IS NOT NULL AND c.merge_id IS NULL
ORDER BY c.created_at DESC, c.creator_id DESC
LIMIT 100
