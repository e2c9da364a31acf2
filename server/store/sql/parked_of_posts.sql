SELECT p.tiktok_video_id, COUNT(*) AS parked
FROM {$2: tiktok_video_id text} AS list
CROSS JOIN parked_stats AS p
WHERE p.project_id = $1 AND p.tiktok_video_id = list.tiktok_video_id
GROUP BY p.tiktok_video_id
