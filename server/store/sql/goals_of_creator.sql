SELECT g.goal_id, g.creator_id, g.metric, g.period, v.made_at, v.target_value, v.start_date, v.end_date, v.is_active
FROM goals AS g
CROSS JOIN goal_versions AS v
WHERE g.project_id = $1 AND g.creator_id = $2 AND g.deleted_at IS NULL
  AND v.project_id = $1 AND v.goal_id = g.goal_id
ORDER BY g.goal_id, v.version
