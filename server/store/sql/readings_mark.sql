-- An INSERT that only updates: for an UPDATE, SQLite would scan the whole project to find the rows.
INSERT INTO creator_snapshots (project_id, creator_id, captured_at, followers, source, given_source, misreading)
SELECT $1, s.creator_id, s.captured_at, s.followers, s.source, s.given_source, list.misreading
FROM {$2: creator_id uuid, captured_at bigint, misreading text} AS list
CROSS JOIN creator_snapshots AS s
WHERE s.project_id = $1 AND s.creator_id = list.creator_id AND s.captured_at = list.captured_at
ON CONFLICT (project_id, creator_id, captured_at) DO UPDATE SET misreading = excluded.misreading
