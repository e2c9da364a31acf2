UPDATE creator_snapshots AS s SET misreading = list.misreading
FROM {$2: creator_id uuid, captured_at bigint, misreading text} AS list
WHERE s.project_id = $1 AND s.creator_id = list.creator_id AND s.captured_at = list.captured_at
