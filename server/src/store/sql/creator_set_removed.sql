UPDATE creators SET removed_at = $3, changed_version = $4 WHERE project_id = $1 AND creator_id = $2
