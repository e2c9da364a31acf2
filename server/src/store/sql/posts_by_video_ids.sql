SELECT post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status, tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves
FROM posts
WHERE project_id = $1 AND tiktok_video_id IN (SELECT list.tiktok_video_id FROM {$2: tiktok_video_id text} AS list)
