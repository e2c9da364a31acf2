SELECT {columns: goal AS g}, {columns: goal_version AS v}
FROM goals AS g
CROSS JOIN goal_versions AS v
WHERE g.project_id = $1 AND g.goal_id = $2 AND g.deleted_at IS NULL
  AND v.project_id = $1 AND v.goal_id = $2
ORDER BY v.version
