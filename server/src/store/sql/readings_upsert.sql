INSERT INTO creator_snapshots (project_id, creator_id, captured_at, followers, source)
SELECT $1, unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3
FROM json_each($2)
WHERE true
ON CONFLICT (project_id, creator_id, captured_at) DO UPDATE SET
    followers = excluded.followers,
    source = excluded.source
