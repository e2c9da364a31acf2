DELETE FROM parked_stats
WHERE project_id = $1
  AND (tiktok_video_id, tiktok_handle, captured_at) IN
      (SELECT list.tiktok_video_id, list.tiktok_handle, list.captured_at
       FROM {$2: tiktok_video_id text, tiktok_handle text, captured_at bigint} AS list)
