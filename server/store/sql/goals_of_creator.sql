SELECT {columns: goal AS g}, {columns: goal_version AS v}
FROM goals AS g
CROSS JOIN goal_versions AS v
WHERE g.project_id = $1 AND g.creator_id = $2 AND g.deleted_at IS NULL
  AND v.project_id = $1 AND v.goal_id = g.goal_id
ORDER BY g.goal_id, v.version
