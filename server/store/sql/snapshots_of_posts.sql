SELECT {columns: snapshot}
FROM post_snapshots
WHERE project_id = $1 AND post_id IN (SELECT list.post_id FROM {$2: post_id uuid} AS list)
ORDER BY post_id, captured_at
