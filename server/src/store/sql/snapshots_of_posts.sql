SELECT post_id, captured_at, views, likes, comments, shares, saves
FROM post_snapshots
WHERE project_id = $1 AND post_id IN (SELECT unhex(value) FROM json_each($2))
ORDER BY post_id, captured_at
