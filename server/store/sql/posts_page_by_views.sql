SELECT {columns: post}
FROM posts
WHERE project_id = $1
  AND creator_id = $2
  AND ($3 = '' OR replace(lower(description), $3, '') <> lower(description) OR lower(tiktok_video_id) = $3)
  AND ($4 = '' OR ($4 = 'disabled' AND tracking_disabled_at IS NOT NULL) OR tracking_status = $4)
ORDER BY COALESCE(views, -1) DESC, post_id
LIMIT $5 OFFSET $6
