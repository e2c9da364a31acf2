INSERT INTO posts
    (project_id, post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status,
     tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves)
SELECT $1, unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
       value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13, value ->> 14, value ->> 15
FROM json_each($2)
WHERE true
ON CONFLICT (project_id, post_id) DO UPDATE SET
    kind = excluded.kind,
    url = excluded.url,
    description = excluded.description,
    published_at = excluded.published_at,
    tracking_status = excluded.tracking_status,
    tracking_disabled_at = excluded.tracking_disabled_at,
    last_captured_at = excluded.last_captured_at,
    views = excluded.views,
    likes = excluded.likes,
    comments = excluded.comments,
    shares = excluded.shares,
    saves = excluded.saves
