INSERT INTO creators
    (project_id, creator_id, tiktok_handle, display_name, avatar_url, tracking_mode, tracking_start_date, notes, removed_at,
     created_at, first_post_snapshot_at, first_reading_at, last_reading_at, followers, followers_remembered,
     last_collected_at, posts_collected_at, followers_collected_at, same_as, apart_from,
     changed_version)
SELECT $1, list.creator_id, list.tiktok_handle, list.display_name, list.avatar_url, list.tracking_mode,
       list.tracking_start_date, '', list.removed_at, list.created_at, list.first_post_snapshot_at, list.first_reading_at,
       list.last_reading_at, list.followers, list.followers_remembered, list.last_collected_at, list.posts_collected_at, list.followers_collected_at,
       list.same_as, list.apart_from, $2
FROM {$3: creator_id uuid, tiktok_handle text, display_name text, avatar_url text, tracking_mode text,
      tracking_start_date bigint, removed_at bigint, created_at bigint, first_post_snapshot_at bigint,
      first_reading_at bigint, last_reading_at bigint, followers bigint, followers_remembered text, last_collected_at bigint,
      posts_collected_at bigint, followers_collected_at bigint, same_as uuid, apart_from uuid} AS list
WHERE true
ON CONFLICT (project_id, creator_id) DO UPDATE SET
    tiktok_handle = excluded.tiktok_handle,
    display_name = excluded.display_name,
    avatar_url = excluded.avatar_url,
    tracking_mode = excluded.tracking_mode,
    tracking_start_date = excluded.tracking_start_date,
    removed_at = excluded.removed_at,
    first_post_snapshot_at = excluded.first_post_snapshot_at,
    first_reading_at = excluded.first_reading_at,
    last_reading_at = excluded.last_reading_at,
    followers = excluded.followers,
    followers_remembered = excluded.followers_remembered,
    last_collected_at = excluded.last_collected_at,
    posts_collected_at = excluded.posts_collected_at,
    followers_collected_at = excluded.followers_collected_at,
    same_as = excluded.same_as,
    apart_from = excluded.apart_from,
    changed_version = excluded.changed_version
