SELECT v.goal_id, v.target_value, v.start_date, v.end_date, v.is_active
FROM {$2: goal_id uuid, version bigint} AS list
CROSS JOIN goal_versions AS v
WHERE v.project_id = $1 AND v.goal_id = list.goal_id AND v.version = list.version - 1
