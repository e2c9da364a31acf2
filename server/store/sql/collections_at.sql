SELECT c.creator_id, c.collected_at, c.scope
FROM {$2: creator_id uuid, collected_at bigint} AS k
CROSS JOIN collections AS c
WHERE c.project_id = $1 AND c.creator_id = k.creator_id AND c.collected_at = k.collected_at
