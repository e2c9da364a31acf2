DELETE FROM goals
WHERE project_id = $1 AND deleted_at IS NOT NULL AND goal_id IN (SELECT list.goal_id FROM {$2: goal_id uuid} AS list)
