INSERT INTO goals (project_id, goal_id, creator_id, metric, period, created_at)
SELECT $1, list.goal_id, list.creator_id, $2, $3, $4
FROM {$5: goal_id uuid, creator_id uuid} AS list
WHERE true
ON CONFLICT DO NOTHING
