DELETE FROM parked_stats
WHERE project_id = $1
  AND (tiktok_video_id, tiktok_handle, captured_at) IN
      (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each($2))
