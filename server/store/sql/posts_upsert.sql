INSERT INTO posts
    (project_id, post_id, creator_id, tiktok_video_id, kind, url, description, published_at, tracking_status,
     tracking_disabled_at, created_at, last_captured_at, views, likes, comments, shares, saves, views_remembered)
SELECT $1, list.post_id, list.creator_id, list.tiktok_video_id, list.kind, list.url, list.description, list.published_at,
       list.tracking_status, list.tracking_disabled_at, list.created_at, list.last_captured_at, list.views, list.likes, list.comments, list.shares, list.saves,
       list.views_remembered
FROM {$2: post_id uuid, creator_id uuid, tiktok_video_id text, kind text, url text, description text, published_at bigint,
      tracking_status text, tracking_disabled_at bigint, created_at bigint, last_captured_at bigint,
      views bigint, likes bigint, comments bigint, shares bigint, saves bigint, views_remembered text} AS list
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
    saves = excluded.saves,
    views_remembered = excluded.views_remembered
