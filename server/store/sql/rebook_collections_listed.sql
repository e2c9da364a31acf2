SELECT c.creator_id, c.collected_at, c.scope
FROM creators_to_book AS m
CROSS JOIN collections AS c
WHERE m.project_id = $1 AND c.project_id = $1 AND c.creator_id = m.creator_id
ORDER BY c.creator_id, c.collected_at
