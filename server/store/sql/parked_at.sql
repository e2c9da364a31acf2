SELECT {columns: parked_stats AS p}
FROM {$2: tiktok_video_id text, tiktok_handle text, captured_at bigint} AS k
CROSS JOIN parked_stats AS p
WHERE p.project_id = $1 AND p.tiktok_video_id = k.tiktok_video_id AND p.tiktok_handle = k.tiktok_handle
  AND p.captured_at = k.captured_at
