SELECT {columns: post}
FROM posts
WHERE project_id = $1
  AND creator_id = $2
  AND ($3 = '' OR ($3 = 'disabled' AND tracking_disabled_at IS NOT NULL) OR tracking_status = $3)
ORDER BY published_at DESC, post_id
LIMIT $4 OFFSET $5
