UPDATE creators SET changed_version = $2 WHERE project_id = $1
