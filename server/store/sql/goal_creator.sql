SELECT creator_id, deleted_at FROM goals WHERE project_id = $1 AND goal_id = $2
