INSERT INTO goal_versions (project_id, goal_id, version, made_at, target_value, start_date, end_date, is_active)
SELECT $1, $2, COALESCE(MAX(version), 0) + 1, $3, $4, $5, $6, $7
FROM goal_versions
WHERE project_id = $1 AND goal_id = $2
