INSERT INTO goals (project_id, goal_id, creator_id, metric, period, created_at) VALUES ($1, $2, $3, $4, $5, $6)
