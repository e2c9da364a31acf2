INSERT INTO collections (project_id, creator_id, collected_at, scope)
SELECT $1, list.creator_id, list.collected_at, list.scope
FROM {$2: creator_id uuid, collected_at bigint, scope text} AS list
WHERE true
ON CONFLICT (project_id, creator_id, collected_at) DO UPDATE SET
    scope = excluded.scope,
    merge_id = NULL
