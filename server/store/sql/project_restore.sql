UPDATE projects SET deleted_at = NULL WHERE project_id = $1 AND deleted_at >= $2
