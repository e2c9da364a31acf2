UPDATE post_snapshots AS s SET misreading = list.misreading
FROM {$2: post_id uuid, captured_at bigint, misreading text} AS list
WHERE s.project_id = $1 AND s.post_id = list.post_id AND s.captured_at = list.captured_at
