INSERT INTO creator_snapshots (project_id, creator_id, captured_at, followers, source, given_source, merge_id)
SELECT $1, $3, captured_at, followers, source, given_source, $4
FROM creator_snapshots
WHERE project_id = $1 AND creator_id = $2
ON CONFLICT (project_id, creator_id, captured_at) DO NOTHING
