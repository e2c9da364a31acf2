-- Stats of one creator, post and instant under several former handles: one of them takes the new handle, if it is free.
UPDATE parked_stats SET tiktok_handle =
    (SELECT c.tiktok_handle FROM creators AS c WHERE c.project_id = $1 AND c.creator_id = parked_stats.creator_id)
WHERE project_id = $1
  AND (tiktok_video_id, tiktok_handle, captured_at) IN
      (SELECT p.tiktok_video_id, p.tiktok_handle, p.captured_at
       FROM {$2: creator_id uuid} AS list
       CROSS JOIN creators AS c
       CROSS JOIN parked_stats AS p
       WHERE c.project_id = $1 AND c.creator_id = list.creator_id AND p.project_id = $1 AND p.creator_id = list.creator_id
         AND NOT EXISTS
             (SELECT 1 FROM parked_stats AS other
              WHERE other.project_id = $1 AND other.tiktok_video_id = p.tiktok_video_id AND other.captured_at = p.captured_at
                AND (other.tiktok_handle = c.tiktok_handle
                     OR other.creator_id = c.creator_id AND other.tiktok_handle < p.tiktok_handle)))
