INSERT INTO collections (project_id, creator_id, collected_at)
SELECT $1, list.creator_id, list.collected_at
FROM {$2: creator_id uuid, collected_at bigint} AS list
WHERE true
ON CONFLICT DO NOTHING
