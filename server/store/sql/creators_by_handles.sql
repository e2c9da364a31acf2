-- From the list to the rows: SQLite would rather go through all creators of the project.
SELECT c.creator_id, c.tiktok_handle, c.display_name, c.avatar_url, c.tracking_mode, c.tracking_start_date, c.removed_at, c.created_at, c.first_post_snapshot_at, c.first_reading_at, c.last_reading_at, c.followers, c.posts_collected_at, c.followers_collected_at
FROM {$2: tiktok_handle text} AS list
CROSS JOIN creators AS c
WHERE c.project_id = $1 AND c.tiktok_handle = list.tiktok_handle
