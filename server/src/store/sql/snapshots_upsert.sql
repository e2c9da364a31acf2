INSERT INTO post_snapshots (project_id, post_id, captured_at, views, likes, comments, shares, saves, source)
SELECT $1, unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7
FROM json_each($2)
WHERE true
ON CONFLICT (project_id, post_id, captured_at) DO UPDATE SET
    views = excluded.views,
    likes = excluded.likes,
    comments = excluded.comments,
    shares = excluded.shares,
    saves = excluded.saves,
    source = excluded.source
