DELETE FROM goal_versions
WHERE project_id = $1 AND goal_id IN (SELECT list.goal_id FROM {$2: goal_id uuid} AS list)
