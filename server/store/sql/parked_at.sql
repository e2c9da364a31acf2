SELECT p.tiktok_video_id, p.tiktok_handle, p.captured_at, p.views, p.likes, p.comments, p.shares, p.saves, p.source, p.creator_id,
       p.run_id, p.looked_at
FROM {$2: tiktok_video_id text, tiktok_handle text, captured_at bigint} AS k
CROSS JOIN parked_stats AS p
WHERE p.project_id = $1 AND p.tiktok_video_id = k.tiktok_video_id AND p.tiktok_handle = k.tiktok_handle
  AND p.captured_at = k.captured_at
