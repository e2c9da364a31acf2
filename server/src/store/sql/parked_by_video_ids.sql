SELECT tiktok_video_id, tiktok_handle, captured_at, views, likes, comments, shares, saves, source
FROM parked_stats
WHERE project_id = $1 AND tiktok_video_id IN (SELECT value FROM json_each($2))
ORDER BY tiktok_video_id, captured_at
