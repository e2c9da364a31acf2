INSERT INTO post_snapshots (project_id, post_id, captured_at, views, likes, comments, shares, saves, source, given_source, misreading)
SELECT $1, list.post_id, list.captured_at, list.views, list.likes, list.comments, list.shares, list.saves, list.source,
       list.given_source, list.misreading
FROM {$2: post_id uuid, captured_at bigint, views bigint, likes bigint, comments bigint, shares bigint, saves bigint,
      source text, given_source text, misreading text} AS list
WHERE true
ON CONFLICT (project_id, post_id, captured_at) DO UPDATE SET
    views = excluded.views,
    likes = excluded.likes,
    comments = excluded.comments,
    shares = excluded.shares,
    saves = excluded.saves,
    source = excluded.source,
    given_source = excluded.given_source,
    misreading = excluded.misreading
