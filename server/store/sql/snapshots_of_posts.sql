SELECT post_id, captured_at, views, likes, comments, shares, saves, given_source, misreading
FROM post_snapshots
WHERE project_id = $1 AND post_id IN (SELECT list.post_id FROM {$2: post_id uuid} AS list)
ORDER BY post_id, captured_at
