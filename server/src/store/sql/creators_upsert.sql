INSERT INTO creators
    (project_id, creator_id, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date, notes, removed_at,
     created_at, first_post_snapshot_at, first_reading_at, last_reading_at, followers, last_collected_at, changed_version)
SELECT $1, unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, '', value ->> 6,
       value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, $3
FROM json_each($2)
WHERE true
ON CONFLICT (project_id, creator_id) DO UPDATE SET
    display_name = excluded.display_name,
    avatar_url = excluded.avatar_url,
    tracking_mode = excluded.tracking_mode,
    tracking_start_date = excluded.tracking_start_date,
    removed_at = excluded.removed_at,
    first_post_snapshot_at = excluded.first_post_snapshot_at,
    first_reading_at = excluded.first_reading_at,
    last_reading_at = excluded.last_reading_at,
    followers = excluded.followers,
    last_collected_at = excluded.last_collected_at,
    changed_version = excluded.changed_version
