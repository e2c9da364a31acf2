SELECT MAX(followers) AS followers
FROM creator_snapshots
WHERE project_id = $1 AND creator_id = $2 AND captured_at < $3 AND misreading IS NULL
