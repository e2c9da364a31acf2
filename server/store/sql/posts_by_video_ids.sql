-- From the list to the rows: SQLite would rather go through all posts of the project.
SELECT p.post_id, p.creator_id, p.tiktok_video_id, p.kind, p.url, p.description, p.published_at, p.tracking_status, p.tracking_disabled_at, p.created_at, p.last_captured_at, p.views, p.likes, p.comments, p.shares, p.saves
FROM {$2: tiktok_video_id text} AS list
CROSS JOIN posts AS p
WHERE p.project_id = $1 AND p.tiktok_video_id = list.tiktok_video_id
