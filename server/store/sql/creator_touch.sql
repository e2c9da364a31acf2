UPDATE creators SET changed_version = $3 WHERE project_id = $1 AND creator_id = $2
