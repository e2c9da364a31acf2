UPDATE projects SET version = version + 1 WHERE project_id = $1 RETURNING version
