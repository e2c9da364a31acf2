SELECT p.creator_id, p.post_id, p.published_at, p.tracking_status, p.tracking_disabled_at,
       s.captured_at, s.views, s.likes, s.comments, s.shares, s.saves, s.given_source,
       s.misreading
FROM posts AS p
LEFT JOIN post_snapshots AS s ON s.project_id = $1 AND s.post_id = p.post_id
WHERE p.project_id = $1
ORDER BY p.creator_id, p.post_id, s.captured_at
