SELECT {columns: goal AS g}, g.deleted_at, {columns: goal_version AS v}
FROM {$3: goal_id uuid} AS list
CROSS JOIN goals AS g
CROSS JOIN goal_versions AS v
WHERE g.project_id = $1 AND g.goal_id = list.goal_id AND g.deleted_at < $2
  AND v.project_id = $1 AND v.goal_id = g.goal_id
ORDER BY g.goal_id, v.version
