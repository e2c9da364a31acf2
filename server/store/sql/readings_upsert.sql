INSERT INTO creator_snapshots (project_id, creator_id, captured_at, followers, source, given_source, misreading)
SELECT $1, list.creator_id, list.captured_at, list.followers, list.source, list.given_source, list.misreading
FROM {$2: creator_id uuid, captured_at bigint, followers bigint, source text, given_source text,
      misreading text} AS list
WHERE true
ON CONFLICT (project_id, creator_id, captured_at) DO UPDATE SET
    followers = excluded.followers,
    source = excluded.source,
    given_source = excluded.given_source,
    misreading = excluded.misreading,
    merge_id = NULL
