SELECT post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status, tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves
FROM posts
WHERE project_id = $1 AND post_id IN (SELECT list.post_id FROM {$2: post_id uuid} AS list)
