UPDATE creators SET notes = $3 WHERE project_id = $1 AND creator_id = $2
