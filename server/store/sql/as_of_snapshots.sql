-- What is booked from $2 on, of facts dated before $3. A snapshot dated before the publication is booked at the
-- publication.
SELECT s.post_id AS post_id, s.captured_at AS captured_at, s.views, s.likes, s.comments, s.shares, s.saves, s.misreading
FROM posts AS p
CROSS JOIN post_snapshots AS s
WHERE p.project_id = $1
  AND s.project_id = $1 AND s.post_id = p.post_id AND s.captured_at >= $2 AND s.captured_at < $3
UNION ALL
SELECT s.post_id AS post_id, s.captured_at AS captured_at, s.views, s.likes, s.comments, s.shares, s.saves, s.misreading
FROM posts AS p
CROSS JOIN post_snapshots AS s
WHERE p.project_id = $1 AND p.published_at >= $2
  AND s.project_id = $1 AND s.post_id = p.post_id AND s.captured_at < $2
ORDER BY post_id, captured_at
