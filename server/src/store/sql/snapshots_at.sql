SELECT s.post_id, s.captured_at, s.views, s.likes, s.comments, s.shares, s.saves
FROM json_each($2) AS k
CROSS JOIN post_snapshots AS s
WHERE s.project_id = $1 AND s.post_id = unhex(k.value ->> 0) AND s.captured_at = k.value ->> 1
