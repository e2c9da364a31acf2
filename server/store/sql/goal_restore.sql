UPDATE goals SET deleted_at = NULL WHERE project_id = $1 AND goal_id = $2
