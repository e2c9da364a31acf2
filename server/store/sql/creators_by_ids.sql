SELECT creator_id, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date, removed_at, created_at, first_post_snapshot_at, first_reading_at, last_reading_at, followers, posts_collected_at, followers_collected_at
FROM creators
WHERE project_id = $1 AND creator_id IN (SELECT list.creator_id FROM {$2: creator_id uuid} AS list)
