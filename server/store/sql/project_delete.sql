UPDATE projects SET deleted_at = $2 WHERE project_id = $1 AND deleted_at IS NULL
