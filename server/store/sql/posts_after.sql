SELECT {columns: post}
FROM posts
WHERE project_id = $1
  AND (post_id > $2 OR $2 IS NULL)
  AND (creator_id = $3 OR $3 IS NULL)
  AND (tracking_status = $4 OR $4 IS NULL)
ORDER BY post_id
LIMIT $5
