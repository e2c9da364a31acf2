SELECT s.post_id, s.captured_at, s.views, s.likes, s.comments, s.shares, s.saves, s.given_source
FROM {$2: post_id uuid, captured_at bigint} AS k
CROSS JOIN post_snapshots AS s
WHERE s.project_id = $1 AND s.post_id = k.post_id AND s.captured_at = k.captured_at
