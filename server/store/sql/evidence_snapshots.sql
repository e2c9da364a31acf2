-- What is booked from $3 on, of facts dated before $4. A snapshot dated before the publication is booked at the
-- publication.
SELECT {columns: snapshot AS s}
FROM posts AS p
CROSS JOIN post_snapshots AS s
WHERE p.project_id = $1 AND p.creator_id = $2
  AND s.project_id = $1 AND s.post_id = p.post_id AND s.captured_at >= $3 AND s.captured_at < $4
UNION ALL
SELECT {columns: snapshot AS s}
FROM posts AS p
CROSS JOIN post_snapshots AS s
WHERE p.project_id = $1 AND p.creator_id = $2 AND p.published_at >= $3
  AND s.project_id = $1 AND s.post_id = p.post_id AND s.captured_at < $3
-- By the columns post_id and captured_at, which SQLite cannot name here.
ORDER BY 1, 2
