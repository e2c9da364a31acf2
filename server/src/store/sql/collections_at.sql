SELECT c.creator_id, c.collected_at
FROM json_each($2) AS k
CROSS JOIN collections AS c
WHERE c.project_id = $1 AND c.creator_id = unhex(k.value ->> 0) AND c.collected_at = k.value ->> 1
