UPDATE goals SET deleted_at = $2
WHERE project_id = $1 AND deleted_at IS NULL AND goal_id IN (SELECT list.goal_id FROM {$3: goal_id uuid} AS list)
