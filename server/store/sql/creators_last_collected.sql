UPDATE creators SET
    last_collected_at = CASE
        WHEN posts_collected_at IS NULL OR followers_collected_at > posts_collected_at THEN followers_collected_at
        ELSE posts_collected_at END
WHERE project_id = $1 AND creator_id IN (SELECT m.creator_id FROM creators_to_book AS m WHERE m.project_id = $1)
