SELECT post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status, tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves
FROM posts
WHERE project_id = $1
  AND ($2 IS NULL OR post_id > $2)
  AND ($3 IS NULL OR creator_id = $3)
  AND ($4 IS NULL OR tracking_status = $4)
ORDER BY post_id
LIMIT $5
