INSERT INTO goal_versions (project_id, goal_id, version, made_at, target_value, start_date, end_date, is_active, assignment_id)
SELECT $1, list.goal_id,
       (SELECT COALESCE(MAX(v.version), 0) + 1 FROM goal_versions AS v WHERE v.project_id = $1 AND v.goal_id = list.goal_id),
       $2, list.target_value, list.start_date, list.end_date, list.is_active, $3
FROM {$4: goal_id uuid, target_value bigint, start_date bigint, end_date bigint, is_active boolean} AS list
WHERE true
