-- An INSERT that only updates: for an UPDATE, SQLite would scan the whole project to find the rows.
INSERT INTO post_snapshots
    (project_id, post_id, captured_at, views, likes, comments, shares, saves, source, given_source, misreading)
SELECT $1, s.post_id, s.captured_at, s.views, s.likes, s.comments, s.shares, s.saves, s.source, s.given_source,
       list.misreading
FROM {$2: post_id uuid, captured_at bigint, misreading text} AS list
CROSS JOIN post_snapshots AS s
WHERE s.project_id = $1 AND s.post_id = list.post_id AND s.captured_at = list.captured_at
ON CONFLICT (project_id, post_id, captured_at) DO UPDATE SET misreading = excluded.misreading
