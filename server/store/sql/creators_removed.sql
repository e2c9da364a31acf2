SELECT {columns: creator}
FROM creators
WHERE project_id = $1 AND removed_at IS NOT NULL AND same_as IS NULL
