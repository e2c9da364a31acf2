SELECT creator_id FROM goals WHERE project_id = $1 AND goal_id = $2 AND deleted_at IS NULL
