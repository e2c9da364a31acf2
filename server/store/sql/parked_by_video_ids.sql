SELECT {columns: parked_stats}
FROM parked_stats
WHERE project_id = $1 AND tiktok_video_id IN (SELECT list.tiktok_video_id FROM {$2: tiktok_video_id text} AS list)
ORDER BY tiktok_video_id, captured_at, tiktok_handle
