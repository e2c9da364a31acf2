UPDATE goals SET deleted_at = $3 WHERE project_id = $1 AND goal_id = $2 AND deleted_at IS NULL
