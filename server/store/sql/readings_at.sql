SELECT s.creator_id, s.captured_at, s.followers, s.given_source
FROM {$2: creator_id uuid, captured_at bigint} AS k
CROSS JOIN creator_snapshots AS s
WHERE s.project_id = $1 AND s.creator_id = k.creator_id AND s.captured_at = k.captured_at
