INSERT INTO parked_stats
    (project_id, tiktok_video_id, tiktok_handle, captured_at, views, likes, comments, shares, saves, source, given_source,
     creator_id, run_id)
SELECT $1, list.tiktok_video_id, list.tiktok_handle, list.captured_at, list.views, list.likes, list.comments, list.shares, list.saves,
       list.source, list.given_source, list.creator_id, $2
FROM {$3: tiktok_video_id text, tiktok_handle text, captured_at bigint, views bigint, likes bigint, comments bigint, shares bigint, saves bigint,
      source text, given_source text, creator_id uuid} AS list
WHERE true
ON CONFLICT (project_id, tiktok_video_id, tiktok_handle, captured_at) DO UPDATE SET
    views = excluded.views,
    likes = excluded.likes,
    comments = excluded.comments,
    shares = excluded.shares,
    saves = excluded.saves,
    source = excluded.source,
    given_source = excluded.given_source,
    creator_id = excluded.creator_id,
    -- A correction by the API must not make the stats forget which import looked.
    run_id = COALESCE(excluded.run_id, parked_stats.run_id)
