-- Without a creator, only posts of the program.
SELECT {columns: post AS p}
FROM posts AS p
CROSS JOIN creators AS c
WHERE p.project_id = $1
  AND p.published_at >= $2
  AND p.published_at < $3
  AND (p.creator_id = $4 OR $4 IS NULL)
  AND c.project_id = $1 AND c.creator_id = p.creator_id AND (c.removed_at IS NULL OR $4 IS NOT NULL)
ORDER BY p.published_at, p.post_id
LIMIT $5 OFFSET $6
