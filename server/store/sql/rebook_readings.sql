SELECT {columns: reading}
FROM creator_snapshots
WHERE project_id = $1
ORDER BY creator_id, captured_at
