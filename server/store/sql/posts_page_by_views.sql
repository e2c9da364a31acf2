SELECT post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status, tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves
FROM posts
WHERE project_id = $1
  AND creator_id = $2
  AND ($3 = '' OR replace(lower(description), $3, '') <> lower(description) OR lower(tiktok_video_id) = $3)
  AND ($4 = '' OR ($4 = 'disabled' AND tracking_disabled_at IS NOT NULL) OR tracking_status = $4)
ORDER BY COALESCE(views, -1) DESC, post_id
LIMIT $5 OFFSET $6
