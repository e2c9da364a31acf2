SELECT project_id, goal_id
FROM goals
WHERE deleted_at < $1 AND (project_id, goal_id) > ($2, $3)
ORDER BY project_id, goal_id
LIMIT 500
