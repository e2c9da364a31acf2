SELECT creator_id, captured_at, followers
FROM creator_snapshots
WHERE project_id = $1 AND creator_id IN (SELECT unhex(value) FROM json_each($2))
ORDER BY creator_id, captured_at
