SELECT COUNT(*) AS total FROM creators WHERE project_id = $1 AND same_as IS NOT NULL AND merge_id IS NULL
