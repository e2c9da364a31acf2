UPDATE parked_stats SET tiktok_handle = $3
WHERE project_id = $1 AND creator_id = $2
  AND NOT EXISTS (SELECT 1 FROM parked_stats AS other
                  WHERE other.project_id = $1 AND other.tiktok_video_id = parked_stats.tiktok_video_id
                    AND other.tiktok_handle = $3 AND other.captured_at = parked_stats.captured_at)
