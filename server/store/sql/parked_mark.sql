-- Stats that an import found already parked belong to its run, too.
UPDATE parked_stats SET run_id = $2
WHERE project_id = $1
  AND (tiktok_video_id, tiktok_handle, captured_at) IN
      (SELECT list.tiktok_video_id, list.tiktok_handle, list.captured_at
       FROM {$3: tiktok_video_id text, tiktok_handle text, captured_at bigint} AS list)
